"""Users in the editors' admin: the administrator's, and nobody else's; roles end at the border."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from kb.domain.permissions import sync_groups
from people.domain.account_roles import set_account
from people.models import Employee, Notification
from people.roles import Right, Role
from privacy.models import AuditEntry
from tests.factories.people import EmployeeFactory, UnitFactory

pytestmark = pytest.mark.django_db


def logged_in(employee):
    client = Client()
    client.force_login(employee)
    return client


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def administrator(unit):
    return EmployeeFactory(unit=unit, roles=[Role.ADMINISTRATOR])


def of(account):
    return reverse("employee_account", args=[account.pk])


def is_refused(answer):
    """Outside the admin by the access matrix; inside Wagtail leads home and says why."""
    return answer.status_code == 403 or getattr(answer, "url", "") == "/redaktion/"


def stored(account):
    found = Employee.objects.get(pk=account.pk)
    return found.roles, found.is_active


def test_an_administrator_gives_a_role_and_the_group_follows(unit, administrator):
    sync_groups()
    mette = EmployeeFactory(unit=unit, roles=[Role.CASEWORKER])

    answer = logged_in(administrator).post(
        of(mette), {"roles": ["caseworker", "editor"], "is_active": "on"}
    )

    assert answer.url == reverse("accounts")
    assert stored(mette) == (["caseworker", "editor"], True)
    assert list(mette.groups.values_list("name", flat=True)) == ["Redaktører"]
    entry = AuditEntry.objects.get(action="account.roles")
    assert (entry.actor, entry.object_id) == (administrator, str(mette.pk))
    assert Notification.objects.filter(employee=mette, kind="people.account_change").count() == 1


def test_an_account_is_closed_and_opened(unit, administrator):
    mette, client = EmployeeFactory(unit=unit, roles=[Role.CASEWORKER]), logged_in(administrator)

    client.post(of(mette), {"roles": ["caseworker"]})
    assert stored(mette) == (["caseworker"], False)
    client.post(of(mette), {"roles": ["caseworker"], "is_active": "on"})
    assert stored(mette) == (["caseworker"], True)


def test_what_changes_nothing_is_no_change(unit, administrator):
    mette = EmployeeFactory(unit=unit, roles=[Role.CASEWORKER])

    logged_in(administrator).post(of(mette), {"roles": ["caseworker"], "is_active": "on"})

    assert not AuditEntry.objects.filter(action="account.roles").exists()
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    "role", [role for role in Role if Right.MANAGE_ACCOUNTS not in role.rights]
)
def test_nobody_else_comes_in(unit, role):
    client, mette = logged_in(EmployeeFactory(unit=unit, roles=[role])), EmployeeFactory(unit=unit)

    assert is_refused(client.get(reverse("accounts")))
    assert is_refused(client.get(of(mette)))
    assert is_refused(client.post(of(mette), {"roles": ["editor"]}))
    assert stored(mette)[1]


def test_the_list_is_the_own_municipalitys(unit, administrator):
    near = EmployeeFactory(unit=unit, first_name="Nære", roles=[Role.EDITOR])
    far = EmployeeFactory(first_name="Fjerne")
    client = logged_in(administrator)

    html = client.get(reverse("accounts")).content.decode()

    assert of(near) in html
    assert "Redaktør, " not in html
    assert "Redaktører" in html
    assert "Fjerne" not in html
    assert of(administrator) not in html
    assert client.get(of(far)).status_code == 404


def test_the_list_is_searched_by_every_word(unit, administrator):
    for first, last in (("Mette", "Dam"), ("Mette", "Holm")):
        EmployeeFactory(unit=unit, first_name=first, last_name=last)
    client = logged_in(administrator)

    html = client.get(reverse("accounts"), {"q": "mette holm"}).content.decode()

    assert ("Mette Holm" in html, "Mette Dam" in html) == (True, False)
    assert (
        "Der er ingen sådan konto"
        in client.get(reverse("accounts"), {"q": "Knud"}).content.decode()
    )


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    unit, administrator, people, django_assert_max_num_queries
):
    EmployeeFactory.create_batch(people, unit=unit)
    client = logged_in(administrator)
    client.get(reverse("accounts"))

    with django_assert_max_num_queries(14):
        client.get(reverse("accounts"))


@pytest.mark.parametrize("role", ["auditor", "project_staff"])
def test_what_reaches_beyond_the_municipality_is_not_theirs_to_give_or_take(
    unit, administrator, role
):
    mette = EmployeeFactory(unit=unit, roles=[Role.CASEWORKER])
    kept = EmployeeFactory(unit=unit, roles=[role])
    client = logged_in(administrator)

    refused = client.post(of(mette), {"roles": [role], "is_active": "on"})
    client.post(of(kept), {"roles": ["editor"], "is_active": "on"})

    assert refused.status_code == 422
    assert stored(mette) == (["caseworker"], True)
    assert set(stored(kept)[0]) == {"editor", role}
    for roles, account in (([role], mette), ([], kept)):
        with pytest.raises(ValidationError):
            set_account(actor=administrator, employee=account, roles=roles, is_active=True)


def test_an_administrator_of_no_municipality_gives_every_role():
    root = EmployeeFactory(unit=None, roles=[Role.ADMINISTRATOR])
    mette = EmployeeFactory()

    set_account(actor=root, employee=mette, roles=["auditor"], is_active=True)

    assert stored(mette) == (["auditor"], True)


def test_nobody_sets_their_own_roles_or_those_of_others_elsewhere(administrator):
    client, far = logged_in(administrator), EmployeeFactory()

    assert is_refused(client.post(of(administrator), {"roles": ["editor"]}))
    for account in (administrator, far):
        with pytest.raises(PermissionDenied):
            set_account(actor=administrator, employee=account, roles=[], is_active=True)
