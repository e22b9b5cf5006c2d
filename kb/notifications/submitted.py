"""Something was sent to be approved, to those who approve it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import TaskState

from kb.notifications._editors import EditorsKind, task_and_words
from people.notification_kinds import register_kind


@register_kind
class Submitted(EditorsKind):
    """Nothing once somebody has answered or the task was called off."""

    name = "kb.submitted"
    label = gettext_lazy("Something waits for approval")
    setting = "submitted"
    occasion = "SUBMITTED"

    def about(self, object_id: str) -> tuple[Any, str]:
        thing, _words = task_and_words(object_id, TaskState.STATUS_IN_PROGRESS)
        return thing, ""

    def subject(self, title: str) -> str:
        return _("Sparringsrummet: “%(title)s” waits for your approval") % {"title": title}
