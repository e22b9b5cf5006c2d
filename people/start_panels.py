"""What of pages and entries waits for whoever looks: approvals, own drafts, times set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
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
from people.start_page import MOST, StartPanel, Waiting, date_in_words

if TYPE_CHECKING:
    from datetime import datetime

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

    def rows(self) -> Iterator[Waiting]:
        tasks = GroupApprovalTask.objects.filter(groups__user=self.employee)
        states = TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS, task__in=tasks.values("pk")
        )
        states = states.select_related("revision", "workflow_state__requested_by")
        for state in states.order_by("started_at", "pk")[:MOST]:
            sender = state.workflow_state.requested_by
            yield _of_revision(state.revision, str(sender) if sender else "")

    def report(self) -> str:
        return reverse("wagtailadmin_reports:workflow")


class SentPanel(OfEditors):
    """What this person sent and nobody has answered yet."""

    name, order = "sent", 205
    heading = _("Sent by you, not answered yet")
    nothing = _("You have sent nothing that still waits.")

    def rows(self) -> Iterator[Waiting]:
        states = WorkflowState.objects.active().filter(requested_by=self.employee)
        states = states.select_related("current_task_state__revision")
        for state in states.order_by("created_at", "pk")[:MOST]:
            if state.current_task_state is not None:
                yield _of_revision(
                    state.current_task_state.revision, date_in_words(state.created_at)
                )

    def report(self) -> str:
        return reverse("wagtailadmin_reports:workflow")


class DraftsPanel(OfEditors):
    """Pages and entries that this person changed last and nobody has published."""

    name, order = "drafts", 260
    heading = _("Your drafts")
    nothing = _("You have no drafts.")

    def rows(self) -> Iterator[Waiting]:
        drafts = Q()
        for model in _kinds_with_drafts():
            latest = model._default_manager.filter(
                has_unpublished_changes=True, latest_revision__user=self.employee
            )
            drafts |= Q(pk__in=latest.values("latest_revision"))
        found = Revision.objects.filter(drafts, user=self.employee)
        for revision in found.order_by("-created_at", "-pk")[:MOST]:
            changed_on = timezone.localdate(revision.created_at)
            yield _of_revision(revision, date_in_words(changed_on))


class ScheduledPanel(OfEditors):
    """What goes live by the clock: one's own, and everybody's for those who publish."""

    name, order = "scheduled", 270
    heading = _("Goes live by itself")
    nothing = _("Nothing is set to go live.")

    def rows(self) -> Iterator[Waiting]:
        scheduled = Revision.objects.filter(approved_go_live_at__isnull=False)
        if not any("publish" in editing.pages for editing in _editing_of(self.employee)):
            scheduled = scheduled.filter(user=self.employee)
        for revision in scheduled.order_by("approved_go_live_at", "pk")[:MOST]:
            yield _of_revision(revision, _moment(revision.approved_go_live_at))


PANELS = (ApprovalsPanel, SentPanel, DraftsPanel, ScheduledPanel)


def _editing_of(employee: Employee) -> list[Editing]:
    found = [Role(role).editing for role in employee.roles]
    return [editing for editing in found if editing is not None]


def _kinds_with_drafts() -> list[type[Any]]:
    """All pages together, and every other kind with drafts."""
    others = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return [Page, *(model for model in others if not issubclass(model, Page))]


def _of_revision(revision: Revision, detail: str) -> Waiting:
    """A page or an entry by what was last saved of it, without asking for the thing itself."""
    kind: Any = ContentType.objects.get_for_id(revision.content_type_id).model_class()
    name = (
        "wagtailadmin_pages:edit"
        if issubclass(kind, Page)
        else f"wagtailsnippets_{kind._meta.app_label}_{kind._meta.model_name}:edit"
    )
    return Waiting(revision.object_str, reverse(name, args=[revision.object_id]), detail)


def _moment(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "j. F Y H:i")
