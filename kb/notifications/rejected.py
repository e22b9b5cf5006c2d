"""What somebody sent has come back with the approver's words, to who sent it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import TaskState

from kb.notifications._editors import EditorsKind, task_and_words
from people.notification_kinds import register_kind


@register_kind
class Rejected(EditorsKind):
    """Carries the approver's words; nothing once the task is not rejected any more."""

    name = "kb.rejected"
    label = gettext_lazy("What the person sent has come back")
    setting = "rejected"
    occasion = "REJECTED"

    def about(self, object_id: str) -> tuple[Any, str]:
        return task_and_words(object_id, TaskState.STATUS_REJECTED)

    def subject(self, title: str) -> str:
        return _("Sparringsrummet: “%(title)s” has come back to you") % {"title": title}
