"""Ideas: put by in step 6, opened once whoever brings the case has had the first word (B4)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sparring.enums import IdeaMark, ParticipantRole
from sparring.models import Idea, Participation, SparringSession, session_formats
from sparring.sessions.queries.ideas import may_add, may_mark
from sparring.shared import guards
from sparring.shared.case_audit import record

from . import session_guards

if TYPE_CHECKING:
    from people.models import Employee


@transaction.atomic
def add_idea(
    *,
    actor: Employee,
    session: SparringSession,
    text: str,
    anonymous: bool = False,
    sent_as: UUID | None = None,
    at: datetime | None = None,
) -> Idea:
    """Put an idea on the table; a colleague's author need not be named.

    Colleagues put theirs by while they think aloud. Whoever brings the case has the first word in
    the round, and with it all are opened. What was sent twice as `sent_as` is one idea.
    ValidationError on "text", and for who is not to speak yet.
    """
    session = session_guards.locked(session)
    participation = session_guards.require_participant(actor, session)
    session_guards.require_running(session)
    same = session.ideas.filter(sent_as=sent_as).first() if sent_as else None
    if same is not None:
        return same
    if not may_add(session, participation):
        raise ValidationError(_("It is not your turn for ideas in this step."), code="step")
    brings = participation.role == ParticipantRole.PRESENTER
    by = None if anonymous and not brings else actor
    idea = Idea(session=session, text=text.strip(), by=by, sent_as=sent_as)
    guards.clean(idea)
    idea.save()
    record(session, actor, "idea.add", idea=idea.pk)
    if brings:
        _open(session, actor, at)
    return idea


@transaction.atomic
def pass_own_idea(
    *, actor: Employee, session: SparringSession, at: datetime | None = None
) -> SparringSession:
    """Open the colleagues' ideas without one of one's own: "pass" is an answer.

    Whoever brings the case does it, in the round of ideas. Raises PermissionDenied for others.
    """
    session = session_guards.locked(session)
    _require_presenter(actor, session, "Only whoever brings the case has the first word.")
    session_guards.require_running(session)
    if session.step != session_formats.IDEAS:
        raise ValidationError(_("It is not your turn for ideas in this step."), code="step")
    _open(session, actor, at)
    return session


@transaction.atomic
def mark_idea(*, actor: Employee, idea: Idea, mark: str) -> Idea:
    """Mark an idea with plus, minus or a question mark, or take the mark off with "".

    Whoever brings the case does it, once the ideas are open.
    """
    session = session_guards.locked(idea.session)
    _require_presenter(actor, session, "Only whoever brings the case marks the ideas.")
    if mark and mark not in IdeaMark.values:
        raise ValidationError({"mark": _("Choose plus, minus or a question mark.")})
    _require_open(session)
    idea.mark = mark
    idea.save(update_fields=["mark"])
    record(session, actor, "idea.mark", idea=idea.pk)
    return idea


@transaction.atomic
def choose_idea(*, actor: Employee, idea: Idea) -> Idea:
    """Let this idea be what is agreed on; another one that was chosen before is so no more.

    Whoever brings the case does it, once the ideas are open and until the session is closed.
    """
    session = session_guards.locked(idea.session)
    _require_presenter(actor, session, "Only whoever brings the case chooses.")
    _require_open(session)
    session.ideas.filter(chosen=True).exclude(pk=idea.pk).update(chosen=False)
    session.ideas.filter(pk=idea.pk).update(chosen=True)
    record(session, actor, "idea.choose", idea=idea.pk)
    idea.refresh_from_db()
    return idea


def _open(session: SparringSession, actor: Employee, at: datetime | None) -> None:
    if session.ideas_opened_at is not None:
        return
    session.ideas_opened_at = guards.moment(at)
    session.save(update_fields=["ideas_opened_at"])
    record(session, actor, "ideas.open")


def _require_presenter(actor: Employee, session: SparringSession, tell: str) -> Participation:
    participation = session_guards.require_participant(actor, session)
    if participation.role != ParticipantRole.PRESENTER:
        raise PermissionDenied(tell)
    return participation


def _require_open(session: SparringSession) -> None:
    if not may_mark(session):
        raise ValidationError(_("Listen first: ideas are marked in the next step."), code="step")
