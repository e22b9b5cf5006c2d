"""What of pages and entries waits for whoever looks: approvals, own drafts, times set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    DraftStateMixin,
    GroupApprovalTask,
    Page,
    Revision,
    TaskState,
    WorkflowState,
)

from people.roles import Editing, Right, Role
from people.start_page import Found, Row, StartPanel, Waiting

if TYPE_CHECKING:
    from people.models import Employee


class OfEditors(StartPanel):
    """For those who write or approve."""

    def is_shown(self) -> bool:
        return self.employee.may(Right.EDIT_PAGES)


class ApprovalsPanel(OfEditors):
    """What others sent and this person may approve, the oldest first."""

    name, order = "approvals", 200
    heading = _("Waits for your approval")
    nothing = _("Nothing waits for your approval.")

    def is_shown(self) -> bool:
        return any(editing.approves for editing in _editing_of(self.employee))

    def found(self) -> Found:
        tasks = GroupApprovalTask.objects.filter(groups__user=self.employee)
        states = TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS, task__in=tasks.values("pk")
        )
        sender = "workflow_state__requested_by"
        name = Coalesce(
            NullIf(
                Trim(Concat(f"{sender}__first_name", Value(" "), f"{sender}__last_name")),
                Value(""),
            ),
            f"{sender}__username",
        )
        return Found(states, ("started_at", "pk"), of_revision("revision__") | {"word": name})

    def say(self, row: Row) -> Waiting:
        return _of_revision(row, row.word or "")

    def report(self) -> str:
        return reverse("wagtailadmin_reports:workflow")


class SentPanel(OfEditors):
    """What this person sent and nobody has answered yet."""

    name, order = "sent", 205
    heading = _("Sent by you, not answered yet")
    nothing = _("You have sent nothing that still waits.")

    def found(self) -> Found:
        states = WorkflowState.objects.active().filter(
            requested_by=self.employee, current_task_state__isnull=False
        )
        columns = of_revision("current_task_state__revision__") | {"moment": "created_at"}
        return Found(states, ("created_at", "pk"), columns)

    def say(self, row: Row) -> Waiting:
        return _of_revision(row, row.day)

    def report(self) -> str:
        return reverse("wagtailadmin_reports:workflow")


class DraftsPanel(OfEditors):
    """Pages and entries that this person changed last and nobody has published."""

    name, order = "drafts", 260
    heading = _("Your drafts")
    nothing = _("You have no drafts.")

    def found(self) -> Found:
        drafts = Q()
        for model in _kinds_with_drafts():
            latest = model._default_manager.filter(
                has_unpublished_changes=True, latest_revision__user=self.employee
            )
            drafts |= Q(pk__in=latest.values("latest_revision"))
        revisions = Revision.objects.filter(drafts, user=self.employee)
        columns = of_revision() | {"moment": "created_at"}
        return Found(revisions, ("-created_at", "-pk"), columns)

    def say(self, row: Row) -> Waiting:
        return _of_revision(row, row.day)


class ScheduledPanel(OfEditors):
    """What goes live by the clock: one's own, and everybody's for those who publish."""

    name, order = "scheduled", 270
    heading = _("Goes live by itself")
    nothing = _("Nothing is set to go live.")

    def found(self) -> Found:
        scheduled = Revision.objects.filter(approved_go_live_at__isnull=False)
        if not any("publish" in editing.pages for editing in _editing_of(self.employee)):
            scheduled = scheduled.filter(user=self.employee)
        columns = of_revision() | {"moment": "approved_go_live_at"}
        return Found(scheduled, ("approved_go_live_at", "pk"), columns)

    def say(self, row: Row) -> Waiting:
        moment = row.moment
        local = formats.date_format(timezone.localtime(moment), "j. F Y H:i") if moment else ""
        return _of_revision(row, local)


PANELS = (ApprovalsPanel, SentPanel, DraftsPanel, ScheduledPanel)


def _editing_of(employee: Employee) -> list[Editing]:
    found = [Role(role).editing for role in employee.roles]
    return [editing for editing in found if editing is not None]


def _kinds_with_drafts() -> list[type[Any]]:
    """All pages together, and every other kind with drafts."""
    others = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return [Page, *(model for model in others if not issubclass(model, Page))]


def of_revision(before: str = "") -> dict[str, str]:
    """The columns of what a revision is of; `before` is the way to it."""
    return {
        "title": f"{before}object_str",
        "kind": f"{before}content_type",
        "key": f"{before}object_id",
    }


def _of_revision(row: Row, detail: str) -> Waiting:
    """A page or an entry by what was last saved of it, without asking for the thing itself."""
    model: Any = ContentType.objects.get_for_id(row.kind or 0).model_class()
    name = (
        "wagtailadmin_pages:edit"
        if issubclass(model, Page)
        else f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}:edit"
    )
    return Waiting(row.title, reverse(name, args=[row.key]), detail)
