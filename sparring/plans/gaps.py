"""Booked sessions that lack somebody, and requests that wait: what a repair is asked to repair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from renewal import Hit, local_date
from sparring.colleagues.constraints import candidates
from sparring.enums import CaseStatus, ParticipantRole, RepairReason, SessionState
from sparring.models import Case, Participation, RenewalNeed, SparringRequest, SparringSession
from sparring.models.session_formats import PART_LENGTH, alone

from .case_selection import WAITING, capacity_of_units

if TYPE_CHECKING:
    from people.models import Employee, Municipality


@dataclass(frozen=True)
class Gap:
    """A planned session, or (without a session) a request that waits for one.

    partners: who is in it and can be moved; guests cannot. wanted: the time it has, or had before
    it was called off. because: None for a session that stands.
    """

    case: Case
    request: SparringRequest
    session: SparringSession | None
    partners: tuple[Participation, ...]
    guests: tuple[Employee, ...]
    need: int
    length: timedelta
    wanted: datetime | None
    because: RepairReason | None


def gaps(municipality: Municipality, after: datetime, first_day: date, days: int) -> list[Gap]:
    """Every session that stands, those that lack somebody, and the requests that wait.

    Five queries.
    """
    last = first_day + timedelta(days=days - 1)
    sessions = planned(municipality, after).filter(Q(starts_at__date__lte=last) | _lacks_somebody())
    partner_count = _participations(sessions)
    found = [_of_session(session, partner_count[session.pk]) for session in sessions]
    return [*found, *_waiting(municipality, first_day, days)]


def planned(municipality: Municipality, after: datetime) -> QuerySet[SparringSession]:
    """The municipality's sessions that are still to come.

    Without group sessions: a chain would have to move both of their cases.
    """
    return (
        SparringSession.objects.filter(
            case__municipality=municipality, state=SessionState.PLANNED, starts_at__gt=after
        )
        .exclude(length=PART_LENGTH)
        .select_related("case__owner__unit__municipality", "case__unit", "request", "plan")
        .order_by("starts_at", "pk")
    )


def how_many(municipality: Municipality, after: datetime) -> int:
    """How many booked sessions lack somebody and how many called-off ones wait; two queries."""
    return broken_sessions(municipality, after).count() + waiting_requests(municipality).count()


def broken_sessions(municipality: Municipality, after: datetime) -> QuerySet[SparringSession]:
    """Booked sessions to come that lack somebody, the first one first."""
    return SparringSession.objects.filter(
        _lacks_somebody(),
        case__municipality=municipality,
        state=SessionState.PLANNED,
        starts_at__gt=after,
    ).order_by("starts_at", "pk")


def group_sessions(municipality: Municipality, after: datetime) -> int:
    """How many group sessions are to come: a repair leaves them alone (`planned`)."""
    return SparringSession.objects.filter(
        case__municipality=municipality,
        state=SessionState.PLANNED,
        starts_at__gt=after,
        follows__isnull=False,
    ).count()


def waiting_requests(municipality: Municipality) -> QuerySet[SparringRequest]:
    """Open requests about active cases that neither a booked session nor a draft answers."""
    return SparringRequest.objects.filter(
        case__municipality=municipality, case__status=CaseStatus.ACTIVE, state__in=WAITING
    ).exclude(sessions__state=SessionState.PROPOSED)


def _lacks_somebody() -> Q:
    return Q(missing_partners__gt=0) | Q(presenter_away=True)


def _participations(sessions: Iterable[SparringSession]) -> dict[int, list[Participation]]:
    """Session -> the places that take somebody's time; one query."""
    participations = Participation.objects.filter(
        holds_time=True, session__in=[s.pk for s in sessions]
    )
    partner_count: dict[int, list[Participation]] = defaultdict(list)
    for participation in participations.select_related("employee__unit__municipality").order_by(
        "pk"
    ):
        partner_count[participation.session_id].append(participation)
    return partner_count


def _of_session(session: SparringSession, participations: Sequence[Participation]) -> Gap:
    movable = (ParticipantRole.FACILITATOR, ParticipantRole.COLLEAGUE)
    partners = tuple(
        participation for participation in participations if participation.role in movable
    )
    because = RepairReason.MISSING if session.missing_partners else None
    return Gap(
        case=session.case,
        request=session.request,
        session=session,
        partners=partners,
        guests=tuple(
            participation.employee
            for participation in participations
            if participation.role == ParticipantRole.GUEST
        ),
        need=len(partners) + session.missing_partners,
        length=timedelta(minutes=session.length),
        wanted=session.starts_at,
        because=RepairReason.PRESENTER_AWAY if session.presenter_away else because,
    )


def _waiting(municipality: Municipality, first_day: date, days: int) -> Iterator[Gap]:
    """Requests in the order they were made, as far as their units have room."""
    capacity = capacity_of_units(municipality, first_day, days)
    sparring_requests = (
        waiting_requests(municipality)
        .select_related("case__owner__unit__municipality", "case__unit")
        .order_by("created_at", "pk")
    )
    before = _called_off(sparring_requests)
    for sparring_request in sparring_requests:
        case = sparring_request.case
        if capacity[case.unit_id] > 0:
            capacity[case.unit_id] -= 1
            partner_count, wanted = before.get(sparring_request.pk, (1, None))
            length = timedelta(minutes=alone(sparring_request.duration_minutes))
            need = max(partner_count, sparring_request.partners)
            yield Gap(
                case, sparring_request, None, (), (), need, length, wanted, RepairReason.WAITING
            )


def _called_off(
    sparring_requests: QuerySet[SparringRequest],
) -> dict[int, tuple[int, datetime | None]]:
    """The newest cancelled session of each request, by the request's id.

    With how many partners it was to have, and its time.
    """
    movable = Q(participations__role__in=(ParticipantRole.FACILITATOR, ParticipantRole.COLLEAGUE))
    sessions = (
        SparringSession.objects.filter(
            request__in=sparring_requests.order_by(), state=SessionState.CANCELLED
        )
        .annotate(partner_count=Count("participations", filter=movable))
        .order_by("pk")
    )
    return {
        session.request_id: (max(session.partner_count, 1), session.starts_at)
        for session in sessions
    }


def window_of(after: datetime, sessions: QuerySet[SparringSession], days: int) -> int:
    """How many days from `after` on a repair looks at: `days`, or to the last broken session."""
    last = sessions.filter(_lacks_somebody()).order_by("-starts_at").first()
    if last is None:
        return days
    return max(days, (local_date(last.starts_at) - local_date(after)).days + 1)


def people_of(municipality: Municipality, found: Sequence[Gap]) -> list[Employee]:
    """Everybody who can be asked, and everybody who is in one of the sessions; one query."""
    everybody = [
        *candidates(municipality.pk),
        *(gap.case.owner for gap in found),
        *(participation.employee for gap in found for participation in gap.partners),
        *(guest for gap in found for guest in gap.guests),
    ]
    return list({person.pk: person for person in everybody}.values())


def hits_of_sessions(found: Sequence[Gap]) -> dict[int, list[Hit]]:
    """Why each case is due, by the case's id; one query."""
    needs = RenewalNeed.objects.filter(case__in=[gap.case.pk for gap in found])
    return {need.case_id: [Hit.from_json(hit) for hit in need.hits] for need in needs}
