"""Who reaches sparring data now: the one rule that pages, files, search and verbs ask (SEC-02).

Everything else is made of these: a case, its sessions, agreements and follow-ups are reached by the
case's own caseworker and by those whose place in one of its sessions lasts; nobody's name on a row,
such as being responsible for an action, opens anything by itself (docs/decisions/0022).
"""

from __future__ import annotations

from django.db.models import F, Q
from django.utils import timezone

from sparring.enums import BROUGHT_THE_CASE, Answer, CaseStatus, ParticipantRole, SessionState

# A session in one of these opens no case.
NOT_IN_SESSION = (SessionState.CANCELLED, SessionState.PROPOSED)


def belongs() -> Q:
    """Places, by their own fields, of people who still work where the place says they do.

    A colleague in the case's municipality; a guest in the other one of an agreement that holds, as
    long as they want to be one.
    """
    home = "session__case__municipality"
    either = [
        Q(**{f"agreement__{guest}": F("employee__unit__municipality")})
        & Q(**{f"agreement__{host}": F(home)})
        for guest, host in (("offered_from", "offered_to"), ("offered_to", "offered_from"))
    ]
    colleague = Q(agreement__isnull=True, employee__unit__municipality=F(home))
    guest = Q(agreement__ended_at__isnull=True, employee__guest_elsewhere=True)
    return Q(employee__is_active=True) & (colleague | guest & (either[0] | either[1]))


def access_is_active() -> Q:
    """Places, by their own fields, whose access lasts now.

    It ends with a no, at `access_until`, for a guest with the agreement or their own request, for
    everybody who moves to another municipality or leaves, and when the case is closed; for whoever
    brought the case when they no longer have it (a `FORMER` keeps the outcome until its time).
    """
    presents = Q(role=ParticipantRole.PRESENTER)
    owns = presents & Q(session__case__owner=F("employee"))
    return (
        belongs()
        & (Q(access_until__isnull=True) | Q(access_until__gt=timezone.now()))
        & ~Q(answer=Answer.NO)
        & (owns | ~presents & ~Q(session__case__status=CaseStatus.CLOSED))
    )


def in_calendar() -> Q:
    """Participations whose session stands in their holder's calendar.

    Whoever handed the case over keeps none.
    """
    return access_is_active() & ~Q(role=ParticipantRole.FORMER)


def opening_case() -> Q:
    """Places that open the case itself: a partner's. Who brought it has it, or no longer does."""
    partner = Q(holds_time=True) & ~Q(role__in=BROUGHT_THE_CASE)
    return access_is_active() & partner & ~Q(session__state__in=NOT_IN_SESSION)
