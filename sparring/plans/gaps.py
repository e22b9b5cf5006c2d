"""Booked talks that lack somebody, and wishes that wait: what a repair is asked to mend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from people.models import Employee, Municipality
from renewal import Hit, local_date
from sparring.colleagues.constraints import candidates
from sparring.enums import CaseStatus, ParticipantRole, RepairReason, SessionState
from sparring.models import Case, Participation, RenewalNeed, SparringRequest, SparringSession
from sparring.models.session_formats import HALF, alone

from .case_selection import WAITING, room_of_units


@dataclass(frozen=True)
class Talk:
    """A planned talk, or (without a session) a wish that waits for one.

    partners: who is in it and can be moved; guests cannot. wanted: the time it has, or had before
    it was called off. because: None for a talk that stands.
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


def talks(municipality: Municipality, after: datetime, first_day: date, days: int) -> list[Talk]:
    """Every talk that stands, those that lack somebody, and the wishes that wait; five queries."""
    last = first_day + timedelta(days=days - 1)
    sessions = planned(municipality, after).filter(Q(starts_at__date__lte=last) | _lacks_somebody())
    seats = _seats(sessions)
    found = [_of_session(session, seats[session.pk]) for session in sessions]
    return [*found, *_waiting(municipality, first_day, days)]


def planned(municipality: Municipality, after: datetime) -> QuerySet[SparringSession]:
    """The municipality's talks that are still to come.

    Without group talks: a chain would have to move both of their cases.
    """
    return (
        SparringSession.objects.filter(
            case__municipality=municipality, state=SessionState.PLANNED, starts_at__gt=after
        )
        .exclude(length=HALF)
        .select_related("case__owner__unit__municipality", "case__unit", "request", "plan")
        .order_by("starts_at", "pk")
    )


def how_many(municipality: Municipality, after: datetime) -> int:
    """How many booked talks lack somebody and how many called-off ones wait; two queries."""
    broken = SparringSession.objects.filter(
        _lacks_somebody(),
        case__municipality=municipality,
        state=SessionState.PLANNED,
        starts_at__gt=after,
    )
    return broken.count() + waiting_requests(municipality).count()


def group_talks(municipality: Municipality, after: datetime) -> int:
    """How many group talks are to come: a repair leaves them alone (`planned`)."""
    return SparringSession.objects.filter(
        case__municipality=municipality,
        state=SessionState.PLANNED,
        starts_at__gt=after,
        follows__isnull=False,
    ).count()


def waiting_requests(municipality: Municipality) -> QuerySet[SparringRequest]:
    """Open wishes about active cases that neither a booked talk nor a draft answers."""
    return SparringRequest.objects.filter(
        case__municipality=municipality, case__status=CaseStatus.ACTIVE, state__in=WAITING
    ).exclude(sessions__state=SessionState.PROPOSED)


def _lacks_somebody() -> Q:
    return Q(missing_partners__gt=0) | Q(presenter_away=True)


def _seats(sessions: Iterable[SparringSession]) -> dict[int, list[Participation]]:
    """Talk -> the places that take somebody's time; one query."""
    places = Participation.objects.filter(holds_time=True, session__in=[s.pk for s in sessions])
    seats: dict[int, list[Participation]] = defaultdict(list)
    for place in places.select_related("employee__unit__municipality").order_by("pk"):
        seats[place.session_id].append(place)
    return seats


def _of_session(session: SparringSession, seated: Sequence[Participation]) -> Talk:
    movable = (ParticipantRole.FACILITATOR, ParticipantRole.COLLEAGUE)
    partners = tuple(seat for seat in seated if seat.role in movable)
    because = RepairReason.MISSING if session.missing_partners else None
    return Talk(
        case=session.case,
        request=session.request,
        session=session,
        partners=partners,
        guests=tuple(seat.employee for seat in seated if seat.role == ParticipantRole.GUEST),
        need=len(partners) + session.missing_partners,
        length=timedelta(minutes=session.length),
        wanted=session.starts_at,
        because=RepairReason.PRESENTER_AWAY if session.presenter_away else because,
    )


def _waiting(municipality: Municipality, first_day: date, days: int) -> Iterator[Talk]:
    """Wishes in the order they were made, as far as their units have room."""
    room = room_of_units(municipality, first_day, days)
    wishes = (
        waiting_requests(municipality)
        .select_related("case__owner__unit__municipality", "case__unit")
        .order_by("created_at", "pk")
    )
    before = _called_off(wishes)
    for request in wishes:
        case = request.case
        if room[case.unit_id] > 0:
            room[case.unit_id] -= 1
            seats, wanted = before.get(request.pk, (1, None))
            length = timedelta(minutes=alone(request.duration_minutes))
            need = max(seats, request.partners)
            yield Talk(case, request, None, (), (), need, length, wanted, RepairReason.WAITING)


def _called_off(wishes: QuerySet[SparringRequest]) -> dict[int, tuple[int, datetime | None]]:
    """The newest called-off talk of each wish: how many partners it was to have, and its time."""
    movable = Q(participations__role__in=(ParticipantRole.FACILITATOR, ParticipantRole.COLLEAGUE))
    sessions = (
        SparringSession.objects.filter(request__in=wishes.order_by(), state=SessionState.CANCELLED)
        .annotate(seats=Count("participations", filter=movable))
        .order_by("pk")
    )
    return {session.request_id: (max(session.seats, 1), session.starts_at) for session in sessions}


def window_of(after: datetime, sessions: QuerySet[SparringSession], days: int) -> int:
    """How many days from `after` on a repair looks at: `days`, or to the last broken talk."""
    last = sessions.filter(_lacks_somebody()).order_by("-starts_at").first()
    if last is None:
        return days
    return max(days, (local_date(last.starts_at) - local_date(after)).days + 1)


def people_of(municipality: Municipality, found: Sequence[Talk]) -> list[Employee]:
    """Everybody who can be asked, and everybody who is in one of the talks; one query."""
    everybody = [
        *candidates(municipality.pk),
        *(talk.case.owner for talk in found),
        *(seat.employee for talk in found for seat in talk.partners),
        *(guest for talk in found for guest in talk.guests),
    ]
    return list({person.pk: person for person in everybody}.values())


def hits_of_talks(found: Sequence[Talk]) -> dict[int, list[Hit]]:
    """Why each case is due, by the case's id; one query."""
    needs = RenewalNeed.objects.filter(case__in=[talk.case.pk for talk in found])
    return {need.case_id: [Hit.from_json(hit) for hit in need.hits] for need in needs}
