"""The talks that stand in somebody's own calendar, also those that are off."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from people.letters import host
from people.models import Employee
from sparring.enums import Answer, SessionState
from sparring.ics import FeedTalk, talk_uid
from sparring.models import Participation

SHOWN_AFTER = timedelta(days=30)
CANCELLED_SHOWN_AFTER = timedelta(days=14)


def feed_talks(employee: Employee) -> list[FeedTalk]:
    """From 30 days back on; what was called off or declined until 14 days after its time.

    One query. Where a place's text names the case it is left out.
    """
    now = timezone.now()
    talks = [_talk(place) for place in _places(employee)]
    return [talk for talk in talks if not talk.cancelled or talk.end >= now - CANCELLED_SHOWN_AFTER]


def _places(employee: Employee) -> QuerySet[Participation]:
    return (
        Participation.objects.filter(
            employee=employee, session__ends_at__gte=timezone.now() - SHOWN_AFTER
        )
        .exclude(session__state=SessionState.PROPOSED)
        .select_related("session__case")
        .order_by("session__starts_at", "pk")
    )


def _talk(place: Participation) -> FeedTalk:
    session, declined = place.session, place.answer == Answer.NO
    names_case = session.case.code.casefold() in session.place.casefold()
    return FeedTalk(
        uid=talk_uid(str(session.calendar_uid), host()),
        sequence=session.calendar_sequence + declined,
        start=session.starts_at,
        end=session.ends_at,
        location="" if names_case else session.place,
        url=settings.BASE_URL.rstrip("/") + reverse("sparring:answer", args=[session.pk]),
        cancelled=declined or session.state == SessionState.CANCELLED,
    )
