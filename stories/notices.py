"""How a message about a followed story reads: no word of the story (docs/security.md R14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from people.notices import Line, register_notice
from stories.domain.announcing import SOURCE
from stories.models import StoryPage

if TYPE_CHECKING:
    from people.models import Employee


@register_notice(SOURCE)
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
