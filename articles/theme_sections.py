"""What articles add to a theme's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from articles.models import ArticlePage, Observation
from articles.queries.dilemmas import dilemmas_of
from kb.models.base import shown_to
from kb.theme_sections import ThemeSection, register_contact_button, register_theme_section

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from kb.models import ThemePage

MOST = 6
MOST_OBSERVATIONS = 10


@register_theme_section
def articles_of_theme(request: HttpRequest, theme: ThemePage) -> ThemeSection | None:
    """The newest articles of the theme that this visitor may read; None where there are none."""
    articles = shown_to(ArticlePage.objects.danish().filter(themes=theme), request.user)
    shown = list(articles.newest_first().with_people()[:MOST])
    if not shown:
        return None
    context = {"articles": shown}
    html = render_to_string("articles/_theme_section.html", context, request=request)
    return ThemeSection(_("Articles in this theme"), html)


@register_theme_section
def dilemmas_to_answer(request: HttpRequest, theme: ThemePage) -> ThemeSection | None:
    """A link to each dilemma's own page; only employees answer."""
    if not request.user.is_authenticated or not theme.dilemmas:
        return None
    context = {"dilemmas": dilemmas_of(theme), "theme": theme}
    html = render_to_string("articles/_dilemmas.html", context, request=request)
    return ThemeSection(_("What do you most agree with?"), html)


@register_theme_section
def observations_of_theme(request: HttpRequest, theme: ThemePage) -> ThemeSection | None:
    """What municipalities saw, newest first; a visitor without login meets no empty section."""
    shown = Observation.objects.shown().filter(theme=theme).select_related("municipality")
    observations = list(shown[:MOST_OBSERVATIONS])
    user = request.user
    if not observations and not user.is_authenticated:
        return None
    own = 0
    if user.is_authenticated:
        own = Observation.objects.waiting().filter(theme=theme, sent_by=user).count()
    context = {
        "observations": observations,
        "own_waiting": own,
        "may_send": user.is_authenticated,
        "theme": theme,
    }
    html = render_to_string("articles/_observations.html", context, request=request)
    return ThemeSection(_("Observations from municipalities"), html)


@register_contact_button
def talk_button(request: HttpRequest, theme: ThemePage) -> SafeString:
    """The way to ask the theme's contact for a talk, for whoever can open the theme."""
    return render_to_string("articles/_talk_button.html", {"theme": theme}, request=request)
