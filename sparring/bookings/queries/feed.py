"""The talks that stand in somebody's own calendar, also those that are off."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from people.letters import absolute, host
from people.models import Employee
from sparring.bookings.ics import FeedTalk, talk_uid
from sparring.enums import Answer, SessionState
from sparring.models import Participation
from sparring.models.access_rule import belongs, in_calendar

SHOWN_AFTER = timedelta(days=30)
CANCELLED_SHOWN_AFTER = timedelta(days=14)


def feed_talks(employee: Employee) -> list[FeedTalk]:
    """From 30 days back on, while access lasts; what was called off or declined until 14 days
    after its time.

    One query. The two cases of a group talk are one entry. Where a place's text names the case it
    is left out.
    """
    now = timezone.now()
    entries: dict[UUID, list[Participation]] = {}
    for place in _places(employee):
        entries.setdefault(place.session.calendar_uid, []).append(place)
    talks = [_talk(places) for places in entries.values()]
    return [talk for talk in talks if not talk.cancelled or talk.end >= now - CANCELLED_SHOWN_AFTER]


def _places(employee: Employee) -> QuerySet[Participation]:
    off = Q(answer=Answer.NO) | Q(session__state=SessionState.CANCELLED)
    return (
        Participation.objects.filter(
            in_calendar() | belongs() & off,
            employee=employee,
            session__ends_at__gte=timezone.now() - SHOWN_AFTER,
        )
        .exclude(session__state=SessionState.PROPOSED)
        .select_related("session__case", "session__room")
        .order_by("session__starts_at", "pk")
    )


def _talk(places: list[Participation]) -> FeedTalk:
    standing = [each for each in places if not _is_off(each)] or places
    sessions = [each.session for each in standing]
    first, declined = sessions[0], standing[0].answer == Answer.NO
    names_case = any(each.case.code.casefold() in first.where.casefold() for each in sessions)
    return FeedTalk(
        uid=talk_uid(str(first.calendar_uid), host()),
        sequence=max(each.session.calendar_sequence for each in places) + declined,
        start=first.starts_at,
        end=max(each.ends_at for each in sessions),
        location="" if names_case else first.where,
        url=absolute(reverse("sparring:answer", args=[first.pk])),
        cancelled=_is_off(standing[0]),
    )


def _is_off(place: Participation) -> bool:
    return place.answer == Answer.NO or place.session.state == SessionState.CANCELLED
