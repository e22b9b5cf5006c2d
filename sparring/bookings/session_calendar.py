"""A session as a calendar file: no case details anywhere (docs/domain.md B4)."""

from __future__ import annotations

from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from people.mails import absolute, host
from sparring.bookings import ics
from sparring.colleagues.queries.group_sessions import entry, parts_of
from sparring.enums import Answer, SessionState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from people.calendars import writing
    from sparring.models import Participation, SparringSession

ANSWERS: dict[str, writing.Answer] = {Answer.YES: "ACCEPTED", Answer.NO: "DECLINED"}


def calendar(session: SparringSession) -> bytes:
    """The session as it is now, as an .ics file to fetch from its page: nobody is asked by it."""
    session, starts_at, ends_at = entry(session)
    return session_file(
        session, starts_at, ends_at, session.calendar_sequence, method="PUBLISH", participations=[]
    )


def session_file(
    session: SparringSession,
    starts_at: datetime,
    ends_at: datetime,
    sequence: int,
    *,
    method: writing.Method,
    participations: Iterable[Participation],
    off: bool = False,
) -> bytes:
    """The file of one state of a session, with those whose seats are given as attendees.

    `off`: it is over for its reader, whether or not it is for the others.
    """
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return ics.invitation(
        uid=ics.session_uid(str(session.calendar_uid), host()),
        sequence=sequence,
        start=starts_at,
        end=ends_at,
        summary=_("Sparring"),
        location=session.where,
        organizer=ics.Person(address, name or _("Sparringsrummet")),
        attendees=[
            ics.Person(
                participation.employee.email,
                str(participation.employee),
                ANSWERS.get(participation.answer, "NEEDS-ACTION"),
            )
            for participation in participations
            if participation.employee.email
        ],
        url=session_link(session),
        description=_("Log in to see what it is about, and to answer."),
        method=method,
        cancelled=off or session.state == SessionState.CANCELLED,
        hidden=[half.case.code for half in parts_of(session)],
    )


def session_link(session: SparringSession) -> str:
    """Where one answers, behind login."""
    return absolute(reverse("sparring:answer", args=[session.pk]))
