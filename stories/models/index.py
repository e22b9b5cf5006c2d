"""The parent page of all stories, rendered by `story_library.views.index`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from kb.models import BasePage
from kb.models.base import Visibility
from privacy.fields import SafeTextField


class StoryIndexPage(BasePage):
    """Its address is `/historier/`, which the list itself answers."""

    intro = SafeTextField(_("introduction"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    parent_page_types = ["kb.HomePage"]
    subpage_types = ["stories.StoryPage"]
    max_count = 1
    preview_modes: list[tuple[str, str]] = []  # the list draws itself, and only as it is

    def visibility(self) -> Visibility:
        """The list is public; each story has its own visibility."""
        shown = super().visibility()
        return shown if shown == Visibility.UNPUBLISHED else Visibility.OPEN

    class Meta:
        verbose_name = _("list of stories")
        verbose_name_plural = _("lists of stories")
