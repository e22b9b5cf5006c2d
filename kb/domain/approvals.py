"""Mails about what waits for approval, what was decided, and new comments, in Wagtail's stead.

Wagtail's own are partly English, and superusers get them. Ours go to those who may still open what
they are about; which of the four somebody wants is chosen where Wagtail has it, below one's account
in the editors' admin. Called with what Wagtail's signals say (kb/signals.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import GroupApprovalTask, Page, TaskState
from wagtail.users.models import UserProfile

from kb.domain.permissions import may_enter
from people.letters import absolute, letter
from people.models import Employee
from privacy.anonymity import check

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

TITLE_LENGTH = 80


class Occasion(StrEnum):
    """Named as Wagtail names the choice of each mail."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    COMMENTED = "updated_comments"


# What is mailed only while it holds.
STATUS = {
    Occasion.SUBMITTED: TaskState.STATUS_IN_PROGRESS,
    Occasion.APPROVED: TaskState.STATUS_APPROVED,
    Occasion.REJECTED: TaskState.STATUS_REJECTED,
}


def tell_approvers(*, task_state: TaskState, by: Employee | None) -> None:
    """Something was sent: those who approve it are told, whoever sent it is not."""
    task = task_state.task.specific
    if isinstance(task, GroupApprovalTask):
        people = Employee.objects.filter(groups__in=task.groups.all()).distinct()
        _tell(Occasion.SUBMITTED, task_state.pk, people, by)


def tell_sender(*, workflow_state: WorkflowState, occasion: Occasion, by: Employee | None) -> None:
    """It was decided: whoever sent it is told, unless they decided themselves."""
    sender = workflow_state.requested_by
    if sender is not None:
        _tell(occasion, workflow_state.current_task_state_id, [sender], by)


def tell_commenters(*, page: Page, threads: Iterable[int], by: Employee | None) -> None:
    """Comments are new or changed: those are told who follow the page, or wrote in the threads."""
    threads = list(threads)
    followers = models.Q(page_subscriptions__page=page, page_subscriptions__comment_notifications=1)
    writers = models.Q(wagtail_admin_comments__in=threads) | models.Q(
        comment_replies__comment__in=threads
    )
    _tell(Occasion.COMMENTED, page.pk, Employee.objects.filter(followers | writers).distinct(), by)


def _tell(
    occasion: Occasion, object_id: int, people: Iterable[Employee], by: Employee | None
) -> None:
    from kb.tasks import mail_editor  # the job calls back into this module

    at = timezone.now().isoformat()
    for person in people:
        if by is None or person.pk != by.pk:
            mail_editor.defer(
                occasion=occasion.value, object_id=object_id, employee_id=person.pk, at=at
            )


def send(*, occasion: Occasion, object_id: int, employee_id: int, at: datetime) -> None:
    """Mail one person, if it still holds, they want such mails and may open what it is about."""
    employee = Employee.objects.filter(pk=employee_id, is_active=True).exclude(email="").first()
    thing, reason = _about(occasion, object_id)
    if employee is None or thing is None or not _wants(employee, occasion):
        return
    edit_path = _edit_path(employee, thing)
    if edit_path is None:
        return
    shown = occasion == Occasion.APPROVED and getattr(thing, "live", False)
    path = getattr(thing, "url", None) if shown else None
    with translation.override(settings.LANGUAGE_CODE):
        title = Truncator(_title(thing)).chars(TITLE_LENGTH)
        context = {
            "employee": employee,
            "occasion": occasion.name,
            "title": title,
            "reason": reason,
            "address": absolute(path or edit_path),
            "settings_address": absolute(reverse("wagtailadmin_account")),
        }
        mail = letter(
            employee=employee,
            subject=_subject(occasion, title),
            text=render_to_string("kb/mail/approval.txt", context),
            message_id=f"approval-{occasion}-{object_id}-{employee_id}-{at:%Y%m%d%H%M%S%f}",
        )
    mail.send()


def _about(occasion: Occasion, object_id: int) -> tuple[Any, str]:
    """The page or snippet and the approver's words; None for what is gone or holds no more.

    Stories have mails of their own, in which no word of them stands.
    """
    reason = ""
    if occasion == Occasion.COMMENTED:
        thing = Page.objects.filter(pk=object_id).first()
    else:
        state = TaskState.objects.filter(pk=object_id, status=STATUS[occasion]).first()
        thing = state.workflow_state.content_object if state else None
        reason = state.comment.strip() if state and occasion == Occasion.REJECTED else ""
    thing = thing.specific if isinstance(thing, Page) else thing
    if thing is None or thing._meta.app_label != "kb":
        return None, ""
    return thing, "" if check(reason).findings else reason


def _subject(occasion: Occasion, title: str) -> str:
    subjects = {
        Occasion.SUBMITTED: _("Sparringsrummet: “%(title)s” waits for your approval"),
        Occasion.APPROVED: _("Sparringsrummet: “%(title)s” is approved"),
        Occasion.REJECTED: _("Sparringsrummet: “%(title)s” has come back to you"),
        Occasion.COMMENTED: _("Sparringsrummet: new comments on “%(title)s”"),
    }
    return subjects[occasion] % {"title": title}


def _wants(employee: Employee, occasion: Occasion) -> bool:
    return bool(getattr(UserProfile.get_for_user(employee), f"{occasion.value}_notifications"))


def _edit_path(employee: Employee, thing: Any) -> str | None:
    """Where the employee edits it; None for who may not, or is let in to the admin no more."""
    if not may_enter(employee):
        return None
    path: str | None = AdminURLFinder(employee).get_edit_url(thing)
    return path


def _title(thing: Any) -> str:
    return (
        thing.draft_title if isinstance(thing, Page) else str(thing.get_latest_revision_as_object())
    )
