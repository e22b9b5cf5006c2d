"""New comments on a page, to who follows it or wrote in the thread."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from kb.notifications._editors import EditorsKind
from people.notification_kinds import register_kind


@register_kind
class Commented(EditorsKind):
    """Nothing once the page is gone."""

    name = "kb.commented"
    label = gettext_lazy("New comments on a page")
    setting = "updated_comments"
    occasion = "COMMENTED"

    def about(self, object_id: str) -> tuple[Any, str]:
        return Page.objects.filter(pk=object_id).first(), ""

    def subject(self, title: str) -> str:
        return _("Sparringsrummet: new comments on “%(title)s”") % {"title": title}
