"""The parent page of all stories, rendered by `story_library.views.index`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kb.models import IndexPage
from kb.models.base import Visibility


class StoryIndexPage(IndexPage):
    """Its address is `/historier/`, which the list itself answers."""

    subpage_types = ["stories.StoryPage"]
    preview_modes: list[tuple[str, str]] = []  # the list draws itself, and only as it is

    def visibility(self) -> Visibility:
        """The list is public; each story has its own visibility."""
        shown = super().visibility()
        return shown if shown == Visibility.UNPUBLISHED else Visibility.OPEN

    class Meta:
        verbose_name = _("list of stories")
        verbose_name_plural = _("lists of stories")
