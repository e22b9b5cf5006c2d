"""What the four mails to editors have in common: approvals, answers and comments.

They go to those who may still open what they are about. Which of the four somebody wants is chosen
where Wagtail has it, below one's account in the editors' admin.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, TaskState
from wagtail.users.models import UserProfile

from kb.domain.permissions import may_enter
from kb.knowledge_apps import KNOWLEDGE_APPS
from people.mails import absolute, personal_mail
from people.notification_kinds import NotificationKind
from privacy.anonymity import check

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

    from people.models import Employee, Notification

TITLE_LENGTH = 80


class EditorsKind(NotificationKind):
    """`setting` is Wagtail's name of the choice; `occasion` the part of the text."""

    setting: ClassVar[str]
    occasion: ClassVar[str]

    @abstractmethod
    def about(self, object_id: str) -> tuple[Any, str]:
        """The page or snippet and the approver's words; None for what is gone or holds no more."""

    @abstractmethod
    def subject(self, title: str) -> str:
        """What stands in the inbox."""

    def path(self, thing: Any, edit_path: str) -> str:
        """Where the mail leads."""
        return edit_path

    def wanted_by(self, employee: Employee) -> bool:
        return bool(getattr(UserProfile.get_for_user(employee), f"{self.setting}_notifications"))

    def mail(self, notification: Notification) -> EmailMultiAlternatives | None:
        employee = notification.employee
        thing, reason = self.about(notification.object_id)
        thing = thing.specific if isinstance(thing, Page) else thing
        # Stories have mails of their own, in which no word of them stands.
        edit_path = _edit_path(employee, thing) if _is_of_knowledge_base(thing) else None
        if edit_path is None:
            return None
        title = Truncator(_title(thing)).chars(TITLE_LENGTH)
        context = {
            "employee": employee,
            "occasion": self.occasion,
            "title": title,
            "reason": "" if check(reason).findings else reason,
            "address": absolute(self.path(thing, edit_path)),
            "settings_address": absolute(reverse("wagtailadmin_account")),
        }
        at = f"{notification.created_at:%Y%m%d%H%M%S%f}"
        return personal_mail(
            employee=employee,
            subject=self.subject(title),
            text=render_to_string("kb/mail/approval.txt", context),
            message_id=f"approval-{self.setting}-{notification.object_id}-{employee.pk}-{at}",
        )


def task_and_words(object_id: str, status: str) -> tuple[Any, str]:
    """What was sent to be approved, while the task has that status, and the approver's words."""
    state = TaskState.objects.filter(pk=object_id, status=status).first()
    return (state.workflow_state.content_object, state.comment.strip()) if state else (None, "")


def _is_of_knowledge_base(thing: Any) -> bool:
    return thing is not None and thing._meta.app_label in KNOWLEDGE_APPS


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
