"""Keep the two sessions of a group session in step.

They have one time and one calendar entry (decision 0009).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from sparring.colleagues.queries.group_sessions import AHEAD, standing
from sparring.enums import Answer, SessionState
from sparring.models import Case, SparringSession
from sparring.models.session_formats import GROUP, alone

from .rooms import give_room
from .sessions import participations_of

IN_IT = (Answer.INVITED, Answer.YES)


def locked_parts(session: SparringSession) -> list[SparringSession]:
    """The session's fresh row, with its other half where both lie ahead, the first one first.

    Cases are locked before sessions, each in one order.
    """
    ids = [part.pk for part in standing(session)] or [session.pk]
    cases = Case.objects.select_for_update(of=("self",)).select_related("unit")
    by_pk = {case.pk: case for case in cases.filter(sessions__in=ids).order_by("pk")}
    rows = SparringSession.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    parts = list(rows.order_by("pk"))
    for part in parts:
        part.case = by_pk[part.case_id]
    return sorted(parts, key=lambda part: (part.starts_at, part.pk))


def presenters(parts: Sequence[SparringSession]) -> list[int]:
    """Ids of those who bring the cases; in a group session each is the other's colleague."""
    return [part.case.owner_id for part in parts]


def move(parts: Sequence[SparringSession], starts_at: datetime) -> None:
    """Give a session and its places another time; once told, also the next sequence number.

    The second half of a group session whose first is over becomes a session of its own.
    """
    if len(parts) == 1 and parts[0].follows_id is not None:
        parts[0].follows, parts[0].calendar_uid = None, uuid4()
        parts[0].length = alone(GROUP)
    rooms = [part.room for part in parts]
    SparringSession.objects.filter(pk__in=[part.pk for part in parts]).update(room=None)
    times = []
    for part in parts:
        part.room = None
        times.append((part, starts_at))
        starts_at += timedelta(minutes=part.length)
    # Whatever moves later goes first, so that nobody is in both halves at once on the way.
    later = times[0][1] > parts[0].starts_at
    for part, start in reversed(times) if later else times:
        _set_time(part, start)
    for part, before in zip(parts, rooms, strict=True):
        give_room(part, participations_of(part), before=before)


def dissolve_group(leaving: SparringSession) -> SparringSession | None:
    """Let the other half of a group session be a session of 25 minutes, from where the two began.

    Call it once `leaving` holds nobody's time. The calendar entry stays with the session that
    stays. None where there is no other half that lies ahead.
    """
    other = _other_ahead(leaving)
    if other is None:
        return None
    begins = min(leaving.starts_at, other.starts_at)
    leaving.follows = None
    if leaving.state != SessionState.CANCELLED:
        leaving.calendar_uid = uuid4()
    leaving.save(update_fields=["follows", "calendar_uid"])
    other.follows, other.length = None, alone(GROUP)
    other.calendar_sequence = max(leaving.calendar_sequence, other.calendar_sequence)
    other.save(update_fields=["follows", "length", "calendar_sequence"])
    before, other.room = other.room, None
    _set_time(other, begins)
    give_room(other, participations_of(other), before=before)
    return other


def _other_ahead(leaving: SparringSession) -> SparringSession | None:
    linked = SparringSession.objects.select_for_update(of=("self",)).select_related("case__unit")
    if leaving.follows_id is not None:
        linked = linked.filter(pk=leaving.follows_id)
    else:
        linked = linked.filter(follows=leaving.pk)
    return linked.filter(state__in=AHEAD).first()


def _set_time(session: SparringSession, starts_at: datetime) -> None:
    session.starts_at = starts_at
    session.ends_at = starts_at + timedelta(minutes=session.length)
    session.calendar_sequence += session.state != SessionState.PROPOSED
    session.presenter_away = False
    session.save(
        update_fields=[
            "starts_at",
            "ends_at",
            "calendar_sequence",
            "follows",
            "calendar_uid",
            "length",
            "room",
            "presenter_away",
        ]
    )
    session.participations.filter(answer__in=IN_IT).update(
        during=(session.starts_at, session.ends_at)
    )
