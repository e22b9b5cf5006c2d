"""A closed session, a follow-up and a belief to write to the journal about."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from sparring.enums import ActionKind
from sparring.models import SparringSession
from sparring.notes.domain.notes import write_note
from sparring.sessions.domain.outcomes import Agreement, close_session, follow_up
from tests.factories.sessions import running_session

NOTES = "Vi kaldte det afklaring i fjorten måneder."


def day(days):
    return timezone.localdate() + timedelta(days=days)


def closed_session(*, notes=NOTES, responsible=None, **values):
    """A session that was closed with an agreement; `responsible` is the caseworker by default."""
    session = running_session(**values)
    owner = session.case.owner
    write_note(actor=owner, session=session, text=notes)
    agreement = Agreement(
        value=6,
        because="Borgeren har selv fundet to steder.",
        kind=ActionKind.COMPANY_VISIT,
        what="Besøge det ene sted sammen",
        responsible=responsible(session) if responsible else owner,
        first_step_on=day(7),
        deadline=day(10),
        citizen_told="At vi tager afsted sammen i næste uge.",
        citizen_told_on=day(2),
    )
    close_session(actor=owner, session=session, agreement=agreement)
    return SparringSession.objects.get(pk=session.pk)


def followed_up(session, **values):
    """The follow-up of a closed session, answered by the caseworker."""
    answer = {"action_done": "partly", "note": "Vi var der, men lederen var syg."}
    return follow_up(
        actor=session.case.owner,
        follow_up=session.outcome.follow_up,
        **{**answer, **values},
    )
