"""Roles decide what somebody may do in the editors' admin."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, GroupPagePermission, Task, Workflow

from kb.domain.permissions import sync_groups
from kb.middleware import ADMIN_POLICY
from people.roles import Role
from tests.factories.kb import StandardPageFactory, ThemePageFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
INSIDE = {
    Role.EDITOR, Role.APPROVER, Role.PROJECT_STAFF, Role.ADMINISTRATOR,
}  # fmt: skip


def test_a_permission_given_to_one_person_by_name_counts_for_nothing():
    """Roles say who may do what: nobody keeps a right that their role has lost."""
    employee = EmployeeFactory()
    employee.user_permissions.add(Permission.objects.get(codename="change_evidencecard"))
    again = type(employee).objects.get(pk=employee.pk)

    assert not again.has_perm("kb.change_evidencecard")
    assert again.get_all_permissions() == set()


LISTS = ("figures", "draft figures", "methods", "draft methods")


@pytest.mark.parametrize("role", Role.values)
def test_only_the_editorial_roles_come_in(client, role):
    client.force_login(EmployeeFactory(roles=[role]))

    response = client.get("/redaktion/")

    assert response.status_code == (200 if role in INSIDE else 403)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.EDITOR, {"add", "edit", "publish", *LISTS}),
        (Role.APPROVER, {"edit", "publish", "figures", "draft figures", "methods"}),
        (Role.PROJECT_STAFF, {"add", "edit", "draft figures", "draft methods"}),
        (Role.ADMINISTRATOR, {"add", "edit", "publish", *LISTS}),
        (Role.COORDINATOR, set()),
        (Role.CASEWORKER, set()),
        (Role.AUDITOR, set()),
    ],
)
def test_what_each_role_may_do(role, may):
    employee = EmployeeFactory(roles=[role])
    theme = ThemePageFactory()

    page = theme.permissions_for_user(employee)
    can = {
        "add": theme.get_parent().permissions_for_user(employee).can_add_subpage(),
        "edit": page.can_edit(),
        "publish": page.can_publish(),
        "figures": employee.has_perm("kb.publish_keyfigure"),
        "draft figures": employee.has_perm("kb.change_keyfigure"),
        "methods": employee.has_perm("learning.publish_method"),
        "draft methods": employee.has_perm("learning.add_method"),
    }

    assert {name for name, allowed in can.items() if allowed} == may


def test_a_changed_role_works_at_the_next_request(client):
    employee = EmployeeFactory()
    client.force_login(employee)
    assert client.get("/redaktion/pages/").status_code == 403

    employee.roles = [Role.EDITOR]
    employee.save()
    assert client.get("/redaktion/pages/").status_code in (200, 302)

    employee.roles = [Role.CASEWORKER]
    employee.save()
    assert client.get("/redaktion/pages/").status_code == 403
    assert not employee.groups.exists()


def test_a_group_given_by_hand_opens_nothing(client):
    employee = EmployeeFactory()
    sync_groups()
    employee.groups.add(Group.objects.get(name=Role.ADMINISTRATOR.editing.group))
    client.force_login(employee)

    assert client.get("/redaktion/").status_code == 403


def test_syncing_again_changes_nothing_and_takes_back_what_was_added():
    sync_groups()
    before = set(GroupPagePermission.objects.values_list("group", "page", "permission"))
    approvers = Group.objects.get(name="Godkendere")
    surplus = GroupPagePermission.objects.exclude(group=approvers).first()
    GroupPagePermission.objects.create(
        group=approvers, page=StandardPageFactory(), permission=surplus.permission
    )

    sync_groups()

    after = set(GroupPagePermission.objects.values_list("group", "page", "permission"))
    assert after == before
    assert {group.name for group in GroupApprovalTask.objects.get().groups.all()} == {
        "Godkendere",
        "Administratorer",
    }


def test_the_approval_of_pages_has_a_danish_name():
    sync_groups()

    assert [workflow.name for workflow in Workflow.objects.all()] == ["Godkendelse"]
    assert [task.name for task in Task.objects.all()] == ["Godkendelse"]


def test_an_approval_that_editors_have_named_keeps_its_name():
    sync_groups()
    Workflow.objects.update(name="Fire øjne")

    sync_groups()

    assert Workflow.objects.get().name == "Fire øjne"


def test_saving_somebody_without_an_editorial_role_costs_nothing(django_assert_num_queries):
    employee = EmployeeFactory()

    with django_assert_num_queries(1):
        employee.save(update_fields=["wants_mail"])


def test_the_admin_has_its_own_policy_also_around_a_preview(client):
    client.force_login(EmployeeFactory(editor=True))
    page = StandardPageFactory()

    admin = client.get("/redaktion/")
    preview = client.get(f"/redaktion/pages/{page.pk}/view_draft/")
    site = client.get(page.url)

    assert admin.headers["Content-Security-Policy"] == ADMIN_POLICY
    assert preview.headers["Content-Security-Policy"] == ADMIN_POLICY
    assert "'unsafe-inline'" not in site.headers["Content-Security-Policy"]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.CASEWORKER])
def test_the_page_offers_editing_to_those_who_may(client, role):
    client.force_login(EmployeeFactory(roles=[role]))
    page = StandardPageFactory()

    html = client.get(page.url).content.decode()

    assert (f"/redaktion/pages/{page.pk}/edit/" in html) == (role != Role.CASEWORKER)


def test_no_spreadsheet_of_redirects_is_read_in_the_web_process():
    client = Client()
    client.force_login(EmployeeFactory(administrator=True, is_superuser=True, is_staff=True))

    for name in ("start_import", "process_import"):
        address = reverse(f"wagtailredirects:{name}")
        file = SimpleUploadedFile("a.csv", b"a,b\n/gammel,/ny\n")
        assert client.get(address).status_code == 403
        assert client.post(address, {"import_file": file}).status_code == 403
