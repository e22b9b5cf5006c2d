"""Protects the pages above stories: deleting one would delete every story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kb.page_locks import register_page_lock
from stories.models import StoryIndexPage

if TYPE_CHECKING:
    from wagtail.models import Page


@register_page_lock
def stories_below(page: Page) -> str | None:
    """The reason for not deleting the stories' parent page and the pages above it."""
    if page.is_leaf() and not issubclass(page.specific_class, StoryIndexPage):
        return None  # known without asking: a list of pages has a row for each
    below = StoryIndexPage.objects.filter(path__startswith=page.path)
    if not below.exists():
        return None
    return _(
        "The stories lie below this page, so it stays where it is. A single story is withdrawn on"
        " its own page."
    )
