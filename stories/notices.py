"""How messages about stories read: no word of the story (SEC-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from kb.templatetags.ui import day
from people.notices import Line, register_notice
from stories.content_review.causes import SOURCE as REREAD
from stories.domain.announcing import SOURCE as FOLLOWED
from stories.models import PeriodicReview, StoryPage

if TYPE_CHECKING:
    from people.models import Employee


@register_notice(FOLLOWED)
def followed_line(employee: Employee, object_id: str) -> Line | None:
    """Names the theme that is followed; None once the story cannot be read any more."""
    story = StoryPage.objects.published_for(employee).filter(pk=object_id).first()
    if story is None:
        return None
    theme = story.themes.filter(follows__employee=employee).order_by("number").first()
    if theme is None:
        text = _("A new story on something you follow")
    else:
        text = _("A new story on “%(theme)s”, which you follow") % {"theme": theme.nav_title}
    return Line(text, reverse("stories:by_number", args=[story.pk]))


@register_notice(REREAD)
def reread_line(employee: Employee, object_id: str) -> Line | None:
    """One of the teller's stories is due; None once it was read again or is off the lists."""
    row = PeriodicReview.objects.filter(
        pk=object_id, settled_at__isnull=True, story__in=StoryPage.objects.published()
    ).first()
    if row is None:
        return None
    text = _("One of your stories is to be read again by %(day)s: does it still hold?")
    return Line(text % {"day": day(row.due_on)}, reverse("stories:by_number", args=[row.story_id]))
