"""The button that carries a theme's dilemmas into the reader's next session (kb.theme_sections)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from kb.theme_sections import register_dilemma_button
from people.models import Employee
from sparring.sessions.queries.sessions import next_participation

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kb.models import ThemePage


@register_dilemma_button
def dilemma_button(request: HttpRequest, theme: ThemePage) -> SafeString:
    """The button for whoever has a session ahead; for others nothing."""
    participation = next_participation(request.user) if isinstance(request.user, Employee) else None
    if participation is None:
        return SafeString("")
    session = participation.session
    context = {
        "session": session,
        "theme": theme,
        "is_brought": session.session_themes.filter(theme=theme).exists(),
    }
    return render_to_string("sparring/_dilemma_button.html", context, request=request)
