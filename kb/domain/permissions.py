"""Roles decide who may do what in the editors' admin; Wagtail's groups only carry it.

What each role may do is its `Editing` (people/roles.py). A group per editorial role is kept in step
with `Employee.roles`: nobody edits groups by hand. What somebody loses is lost at the next request
in any case: the access matrix reads the roles.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
)

from kb.knowledge_apps import KNOWLEDGE_APPS
from kb.models.approved import approved_kinds
from people.roles import Editing, Role

if TYPE_CHECKING:
    from people.models import Employee

SNIPPETS = (
    "keyfigure",
    "evidencecard",
    "method",
    "offer",
    "phrase",
    "questioncard",
    "lawword",
    "guidepost",
    "programme",
    "module",
    "moduleevent",
    "root",
    "onboardingitem",
    "ethicsstatement",
    "eventseries",
    "person",
    "accessibilitystatement",
)
# Besides those whose pages are knowledge: rooms, and Wagtail's own translations.
BESIDE = ("open_half", "search", "sources", "simple_translation")
SEARCH = ("word", "synonym", "promotion")
SOURCES = ("source",)
SET_UP = ("redirect", "workflow", "task", "groupapprovaltask")
SET_UP_APPS = ("wagtailredirects", "wagtailcore")
EVERYTHING = ("add", "change", "delete", "publish", "view")
LOCKING = ("lock", "unlock")
TO_BE_APPROVED = ("add", "change", "view")
APPROVING = ("change", "publish", "view")

# What Wagtail's own migration calls its workflow and its task, and what they are called on screen.
WAGTAILS_APPROVAL = "Moderators approval"
APPROVAL = "Godkendelse"


@transaction.atomic
def sync_groups() -> list[Group]:
    """Make the groups, each with what its role grants. A second run changes nothing."""
    editing = _editing_of(Role)
    groups = [_sync_group(rights) for rights in editing]
    approvers = [group for group, rights in zip(groups, editing, strict=True) if rights.approves]
    for kind in (Workflow, Task):
        kind.objects.filter(name=WAGTAILS_APPROVAL).update(name=APPROVAL)
    for task in GroupApprovalTask.objects.all():
        task.groups.set(approvers)
    _approve_snippets_as_pages()
    Group.objects.filter(name__in=("Editors", "Moderators"), user__isnull=True).delete()
    return groups


def _approve_snippets_as_pages() -> None:
    """They are sent the same way as the pages below the root, by the same people."""
    of_pages = WorkflowPage.objects.filter(page=Page.get_first_root_node()).first()
    for model in approved_kinds() if of_pages is not None else ():
        WorkflowContentType.objects.update_or_create(
            content_type=ContentType.objects.get_for_model(model),
            defaults={"workflow": of_pages.workflow},
        )


def _editing_of(roles: Iterable[str]) -> list[Editing]:
    """The admin permissions of the roles that may use it."""
    return [editing for role in roles if (editing := Role(role).editing) is not None]


def _sync_group(editing: Editing) -> Group:
    group, _ = Group.objects.get_or_create(name=editing.group)
    group.permissions.set(_model_permissions(editing))
    _sync_page_permissions(group, editing.pages)
    _sync_file_permissions(group, editing)
    return group


def _model_permissions(editing: Editing) -> list[Permission]:
    # What readers meet is written by those with `drafts`, and approved by somebody else.
    approved = [model._meta.model_name or "" for model in approved_kinds()]
    granted = (
        (editing.snippets, EVERYTHING, (*SNIPPETS, *SEARCH, *SOURCES)),
        (editing.drafts, TO_BE_APPROVED, (*approved, *SOURCES)),
        (editing.approves, APPROVING, approved),
        ("lock" in editing.pages, LOCKING, approved),
        (editing.sets_up, EVERYTHING, SET_UP),
        # Who uploads files sees which of them search can read.
        ("add" in editing.files, ("view",), ("filetext",)),
        # Who makes pages makes their English versions.
        ("add" in editing.pages, ("submit",), ("translation",)),
    )
    names = [
        f"{action}_{kind}"
        for is_given, actions, kinds in granted
        if is_given
        for kind in kinds
        for action in actions
    ]
    snippets = Permission.objects.filter(
        content_type__app_label__in=(*KNOWLEDGE_APPS, *BESIDE, *SET_UP_APPS), codename__in=names
    )
    admin = Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    return [*snippets, *admin]


def _sync_page_permissions(group: Group, actions: tuple[str, ...]) -> None:
    root = Page.get_first_root_node()
    if root is None:  # no pages yet, so nothing to grant
        return
    wanted = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=[f"{name}_page" for name in actions]
    )
    GroupPagePermission.objects.filter(group=group).exclude(
        page=root, permission__in=wanted
    ).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _sync_file_permissions(group: Group, editing: Editing) -> None:
    root = Collection.get_first_root_node()
    if root is None:
        return
    names = [f"{name}_{kind}" for name in editing.files for kind in ("image", "document")]
    names += [f"{name}_collection" for name in EVERYTHING if editing.sets_up]
    wanted = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs", "wagtailcore"),
        codename__in=names,
    )
    GroupCollectionPermission.objects.filter(group=group).exclude(
        collection=root, permission__in=wanted
    ).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )


@transaction.atomic
def assign_groups(*, employee: Employee) -> set[str]:
    """Add an employee to the groups of their roles and remove them from others; returns names."""
    wanted = {editing.group for editing in _editing_of(employee.roles)}
    managed = {editing.group for editing in _editing_of(Role)}
    present = set(employee.groups.filter(name__in=managed).values_list("name", flat=True))
    if missing := wanted - present:
        groups = list(Group.objects.filter(name__in=missing))
        if len(groups) < len(missing):
            groups = [group for group in sync_groups() if group.name in missing]
        employee.groups.add(*groups)
    if surplus := present - wanted:
        employee.groups.remove(*Group.objects.filter(name__in=surplus))
    return wanted


def may_enter(employee: Employee) -> bool:
    """Whether one of the roles may use the admin."""
    return bool(_editing_of(employee.roles))


def may_add_pages(employee: Employee) -> bool:
    """Whether one of the roles may make new pages."""
    return any("add" in editing.pages for editing in _editing_of(employee.roles))


def may_edit_pages(employee: Employee) -> bool:
    """Whether one of the roles may change pages."""
    return any("change" in editing.pages for editing in _editing_of(employee.roles))
