"""The demo's sessions use stories, and dilemmas lie ready for one that is to come."""

from __future__ import annotations

from django.db import transaction

from kb.models import ThemePage
from people.models import Employee
from people.roles import Role
from sparring.enums import SessionState
from sparring.models import SparringSession, StoryUse
from sparring.sessions.domain.story_uses import toggle_story_use
from sparring.sessions.domain.themes import toggle_theme
from sparring.sessions.queries.sessions import next_participation
from stories.models import StoryPage

SESSIONS = 9


@transaction.atomic
def load() -> dict[str, int]:
    """Mark stories as used where none are; returns how many were."""
    stories = list(StoryPage.objects.published().order_by("pk"))
    if StoryUse.objects.exists() or not stories:
        return {"stories used": 0}
    sessions = SparringSession.objects.filter(state=SessionState.CLOSED).select_related(
        "case__owner"
    )
    for number, session in enumerate(sessions.order_by("-starts_at")[:SESSIONS]):
        # The first story is used by every second session, the others in turn.
        story = stories[0] if number % 2 else stories[number // 2 % len(stories)]
        toggle_story_use(actor=session.case.owner, session=session, story=story)
    return {"stories used": StoryUse.objects.count(), "dilemmas brought": _bring_dilemmas()}


def _bring_dilemmas() -> int:
    """Lay a theme's dilemmas ready for the next session; returns how many sessions have some."""
    theme = ThemePage.objects.live().order_by("number").first()
    participation = next_participation(
        Employee.objects.with_role(Role.CASEWORKER).order_by("pk")[0]
    )
    if theme is None or participation is None or not theme.dilemmas:
        return 0
    return int(
        toggle_theme(actor=participation.employee, session=participation.session, theme=theme)
    )
