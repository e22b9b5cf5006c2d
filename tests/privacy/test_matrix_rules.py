"""One line of the access matrix, and what is answered to whom it refuses (SEC-01).

That every address is declared, and served as declared, is gone through in test_matrix.
"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.urls import path, reverse

from insight.scopes import FigureScope, scope_for
from kb.domain.permissions import may_edit_pages, may_enter
from people.access import acl_tokens
from people.models import Employee
from people.roles import Right, Role
from privacy.matrix import ANYONE, LOGIN, MATRIX, RELATIONS, Access, declare
from privacy.models import AuditEntry
from tests.factories.people import EmployeeFactory, MunicipalityFactory

LOGIN_PAGE = "/konto/login/"


class TestALine:
    @pytest.mark.parametrize(
        ("roles", "anonymous", "caseworker", "editor"),
        [
            (ANYONE, True, True, True),
            (LOGIN, False, True, True),
            (frozenset({Role.EDITOR}), False, False, True),
            (frozenset({Role.EDITOR, Role.CASEWORKER}), False, True, True),
            (frozenset(), False, False, False),
        ],
    )
    def test_lets_in_whom_it_names(self, roles, anonymous, caseworker, editor):
        line = Access("a:b", roles)

        assert line.allows(AnonymousUser()) is anonymous
        assert line.allows(Employee(roles=[Role.CASEWORKER])) is caseworker
        assert line.allows(Employee(roles=[Role.EDITOR, Role.AUDITOR])) is editor

    @pytest.mark.parametrize("roles", [LOGIN, frozenset({Role.EDITOR})])
    def test_lets_nobody_in_who_left(self, roles):
        assert not Access("a:b", roles).allows(Employee(roles=[Role.EDITOR], is_active=False))
        assert Access("a:b", ANYONE).allows(Employee(is_active=False))

    def test_is_written_once(self):
        (known, *_) = MATRIX
        before = MATRIX[known]

        with pytest.raises(ValueError, match="declared twice"):
            declare(known, roles=ANYONE)

        assert MATRIX[known] is before


def test_a_relation_is_said_in_the_words_of_the_glossary():
    """Who looks at a page is a visitor, who reads a story before it is shared a reviewer."""
    assert {line.relation for line in MATRIX.values()} <= RELATIONS
    assert "reader" not in RELATIONS
    assert {MATRIX[name].relation for name in ("stories:queue", "stories:review")} == {"reviewer"}
    assert MATRIX["search:search"].relation == "visitor"


@pytest.mark.django_db
class TestWhoIsRefused:
    def test_a_visitor_is_sent_to_the_login_and_back(self, client):
        address = reverse("stories:reading_list")

        response = client.get(f"{address}?side=2")

        assert response.status_code == 302
        assert response["Location"] == f"{LOGIN_PAGE}?next={address}%3Fside%3D2"

    @pytest.mark.parametrize(
        ("current", "back"),
        [
            ("https://rum.example/historier/?q=kaffe", "/historier/"),
            ("https://rum.example", "/"),
            (None, "/"),
        ],
    )
    def test_a_part_of_a_page_sends_its_whole_page_there(self, client, current, back):
        headers = {"HX-Request": "true"} | ({"HX-Current-URL": current} if current else {})

        for ask in (client.get, client.head):
            response = ask(reverse("stories:reading_list"), headers=headers)
            assert response.status_code == 200
            assert response["HX-Redirect"] == f"{LOGIN_PAGE}?next={back}"

    def test_what_was_being_sent_stays_on_the_page(self, client):
        response = client.post(reverse("stories:feed_address"), headers={"HX-Request": "true"})

        assert response.status_code == 401
        assert "HX-Redirect" not in response

    def test_who_lacks_the_role_is_refused_and_that_is_kept(self, client):
        person = EmployeeFactory()
        client.force_login(person)

        assert client.get(reverse("stories:queue")).status_code == 403

        entry = AuditEntry.objects.get(action="access.refused")
        assert (entry.actor, entry.reason) == (person, "stories:queue")

    def test_whom_the_line_names_is_let_in_and_nothing_is_kept(self, client):
        client.force_login(EmployeeFactory(approver=True))

        assert client.get(reverse("stories:queue")).status_code == 200
        assert not AuditEntry.objects.filter(action="access.refused").exists()

    def test_the_login_is_open(self, client):
        assert client.get(LOGIN_PAGE).status_code == 200

    def test_what_a_line_does_not_serve_is_named_with_what_it_does(self, client):
        client.force_login(EmployeeFactory())

        response = client.delete(reverse("people:account"))
        assert (response.status_code, response["Allow"]) == (405, "GET, POST")
        assert client.get(reverse("stories:feed_address")).status_code == 405
        assert client.head(reverse("stories:feed_address")).status_code == 405
        assert client.options(reverse("stories:feed_address")).status_code == 405

    def test_to_look_at_the_head_is_to_get(self, client):
        client.force_login(EmployeeFactory())

        assert client.head(reverse("stories:reading_list")).status_code == 200
        assert client.options(reverse("stories:reading_list")).status_code != 403

    def test_the_editors_admin_is_one_line(self, client):
        assert client.get("/redaktion/pages/").status_code == 302
        client.force_login(EmployeeFactory())
        assert client.get("/redaktion/pages/").status_code == 403

    @pytest.mark.parametrize("person", ["visitor", "everything"])
    def test_what_nobody_declared_is_refused(self, client, settings, person):
        settings.ROOT_URLCONF = __name__
        if person == "everything":
            client.force_login(EmployeeFactory(roles=Role.values))

        assert client.get("/glemt/").status_code == 403


urlpatterns = [path("glemt/", lambda request: HttpResponse("leak"), name="forgotten")]
handler403 = "kb.views.errors.permission_denied"


class TestRights:
    def test_one_of_the_roles_has_to_open_one_of_the_rights(self):
        caseworker, both = Employee(roles=[Role.CASEWORKER]), Employee(roles=["editor", "auditor"])

        assert caseworker.may(Right.CASEWORK)
        assert caseworker.may(Right.AUDIT, Right.CASEWORK)
        assert not caseworker.may(Right.AUDIT)
        assert not caseworker.may(Right.AUDIT, Right.EDIT_PAGES)
        assert both.may(Right.AUDIT)
        assert both.may(Right.EDIT_PAGES)
        assert not Employee().may(Right.CASEWORK)
        assert both.has_role(Role.AUDITOR) is True
        assert both.has_role(Role.CASEWORKER) is False

    @pytest.mark.parametrize(
        ("role", "enters", "edits"),
        [
            (Role.CASEWORKER, False, False),
            (Role.COORDINATOR, False, False),
            (Role.APPROVER, True, True),
            (Role.EDITOR, True, True),
        ],
    )
    def test_who_enters_the_admin_and_who_edits_pages_there(self, role, enters, edits):
        assert may_enter(Employee(roles=[role])) is enters
        assert may_edit_pages(Employee(roles=[role])) is edits

    @pytest.mark.django_db
    def test_those_who_work_here_now_are_found_by_role_and_by_right(self):
        person = EmployeeFactory(roles=[Role.EDITOR, Role.AUDITOR])
        EmployeeFactory(roles=[Role.EDITOR, Role.AUDITOR], is_active=False)
        caseworker = EmployeeFactory()

        assert list(Employee.objects.with_role(Role.AUDITOR)) == [person]
        assert list(Employee.objects.who_may(Right.AUDIT)) == [person]
        assert set(Employee.objects.who_may(Right.WRITE_STORIES)) == {person, caseworker}


@pytest.mark.django_db
class TestWhatAPersonHolds:
    def test_tokens_of_an_employee(self):
        person = EmployeeFactory()
        own = {"open", "login", f"employee:{person.pk}"}
        places = {f"unit:{person.unit_id}", f"municipality:{person.unit.municipality_id}"}

        assert acl_tokens(person) == own | places
        person.unit = None
        assert acl_tokens(person) == own

    def test_a_visitor_and_who_left_hold_what_is_open(self):
        assert acl_tokens(AnonymousUser()) == {"open"}
        assert acl_tokens(EmployeeFactory(is_active=False)) == {"open"}

    def test_whose_figures_a_person_sees(self):
        person = EmployeeFactory(unit__municipality__name="Fjordby")
        MunicipalityFactory(name="Aadal")

        assert scope_for(person) == FigureScope(person.municipality.pk, "Fjordby")
        assert scope_for(EmployeeFactory(unit=None)) is None
        assert scope_for(EmployeeFactory(unit=None, auditor=True)) == FigureScope(
            None, "Aadal, Fjordby"
        )
