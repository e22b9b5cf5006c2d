"""What somebody sent is approved, to who sent it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import TaskState

from kb.notifications._editors import EditorsKind, task_and_words
from people.notification_kinds import register_kind


@register_kind
class Approved(EditorsKind):
    """Nothing once the task is not approved any more."""

    name = "kb.approved"
    label = gettext_lazy("What the person sent is approved")
    setting = "approved"
    occasion = "APPROVED"

    def about(self, object_id: str) -> tuple[Any, str]:
        thing, _words = task_and_words(object_id, TaskState.STATUS_APPROVED)
        return thing, ""

    def subject(self, title: str) -> str:
        return _("Sparringsrummet: “%(title)s” is approved") % {"title": title}

    def path(self, thing: Any, edit_path: str) -> str:
        """To the page itself where it is shown."""
        shown = getattr(thing, "url", None) if getattr(thing, "live", False) else None
        return shown or edit_path
