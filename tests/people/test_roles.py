"""A role is declared once; everything that asks for a right follows from that."""

from __future__ import annotations

import pytest

from kb.domain.permissions import may_edit_pages, may_enter
from people.models import Employee
from people.roles import Right, Role
from tests.factories.people import EmployeeFactory


def test_every_right_is_opened_by_somebody_and_every_role_opens_something():
    assert [right for right in Right if not right.roles] == []
    assert [role for role in Role if not role.rights] == []


def test_a_role_is_stored_and_shown_as_before():
    assert Role("coordinator") is Role.COORDINATOR
    assert Role.COORDINATOR == "coordinator"
    assert len(Role.choices) == len(Role)
    assert [code for code, _label in Role.choices] == Role.values


def test_groups_in_the_editors_admin_are_one_for_each_role():
    groups = [role.editing.group for role in Role if role.editing]

    assert len(set(groups)) == len(groups)


def test_the_right_to_edit_pages_is_what_the_editors_admin_grants():
    for role in Role:
        person = Employee(roles=[role])
        assert may_edit_pages(person) is person.may(Right.EDIT_PAGES), role
        assert may_enter(person) is (role.editing is not None), role


def test_a_person_may_what_one_of_the_roles_opens():
    person = Employee(roles=["caseworker", "approver"])

    assert person.may(Right.CASEWORK)
    assert person.may(Right.REVIEW_STORIES)
    assert person.may(Right.PLAN, Right.CASEWORK)
    assert not person.may(Right.PLAN, Right.AUDIT)
    assert not Employee(roles=[]).may(*Right)


@pytest.mark.django_db
def test_who_may_finds_the_active_people_of_every_role_that_opens_it():
    consultant = EmployeeFactory(roles=[Role.BUSINESS_CONSULTANT])
    both = EmployeeFactory(roles=[Role.CASEWORKER, Role.EDITOR])
    EmployeeFactory(roles=[Role.CASEWORKER], is_active=False)
    EmployeeFactory(roles=[Role.EDITOR])

    assert set(Employee.objects.who_may(Right.CASEWORK)) == {consultant, both}
