"""The stories of a theme, on the theme's page (kb.theme_sections)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kb.theme_sections import ThemeSection, register_theme_section
from stories.models import StoryPage

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kb.models import ThemePage

MOST = 4


@register_theme_section
def stories_of_theme(request: HttpRequest, theme: ThemePage) -> ThemeSection | None:
    """Up to four published stories of the theme, newest first; None when there are none."""
    stories = StoryPage.objects.published_for(request.user).filter(themes=theme).newest_first()
    shown = list(stories.select_related("municipality")[: MOST + 1])
    if not shown:
        return None
    context = {"stories": shown[:MOST], "theme": theme, "has_more": len(shown) > MOST}
    html = render_to_string("stories/_theme_section.html", context, request=request)
    return ThemeSection(_("Stories on this theme"), html)
