"""Laying a theme's dilemmas or a story ready for a session, and taking them back (domain B4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sparring.enums import SessionState
from sparring.models import SessionStory, SessionTheme, SparringSession
from sparring.sessions.queries.sessions import participation_of
from sparring.shared.case_audit import record

if TYPE_CHECKING:
    from kb.models import ThemePage
    from people.models import Employee
    from stories.models import StoryPage

BEFORE_ITS_END = (SessionState.PLANNED, SessionState.RUNNING)


@transaction.atomic
def toggle_theme(*, actor: Employee, session: SparringSession, theme: ThemePage) -> bool:
    """Lay the theme's dilemmas ready, or take them back; returns whether they lie there now.

    Anybody in the session may. Raises PermissionDenied for others, ValidationError for a session
    that is over and for a theme without dilemmas.
    """
    _require_participation(actor, session)
    if session.state not in BEFORE_ITS_END or not (theme.live and theme.dilemmas):
        raise ValidationError(_("There is nothing to bring to that session."), code="state")
    brought, created = SessionTheme.objects.get_or_create(session=session, theme=theme)
    if not created:
        brought.delete()
    record(session, actor, "session.bring_theme", theme=theme.pk, brought=created)
    return created


@transaction.atomic
def attach_story_to_session(
    *, actor: Employee, session: SparringSession, story: StoryPage, is_there: bool
) -> bool:
    """Lay a story on the table of a session, or take it off again; returns whether that changed it.

    Anybody in the session may. Raises PermissionDenied for others and for a story they cannot read,
    ValidationError for a session that is over.
    """
    _require_participation(actor, session)
    if not type(story).objects.published_for(actor).filter(pk=story.pk).exists():
        raise PermissionDenied("Only what one can read is brought to a session.")
    if session.state not in BEFORE_ITS_END:
        raise ValidationError(_("That sparring is over. Choose another one."), code="state")
    if is_there:
        changed = SessionStory.objects.get_or_create(session=session, story=story)[1]
    else:
        changed = bool(SessionStory.objects.filter(session=session, story=story).delete()[0])
    if changed:
        record(session, actor, "session.bring_story", story=story.pk, brought=is_there)
    return changed


def _require_participation(actor: Employee, session: SparringSession) -> None:
    if participation_of(session, actor) is None:
        raise PermissionDenied("Only those in a session bring something to it.")
