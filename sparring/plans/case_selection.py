"""Which cases a plan is for, and in what order (docs/decisions/0008)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count

from people.models import Municipality, Unit
from renewal import Hit, local_date
from sparring.beliefs.queries.needs import due_needs
from sparring.enums import Band, CaseStatus, RequestState, SessionState
from sparring.models import Case, RenewalNeed, SparringRequest, SparringSession
from sparring.models.session_formats import alone

if TYPE_CHECKING:
    from sparring.models import SparringPlan

WAITING = (RequestState.REQUESTED, RequestState.LISTED)
BOOKED = (SessionState.PLANNED, SessionState.RUNNING)
_URGENT, _REQUESTED, _DUE = range(3)


@dataclass(frozen=True)
class Wanted:
    """A case that wants a session, with its open request and its reasons.

    The request is None where only the rules ask.
    """

    case: Case
    request: SparringRequest | None
    hits: tuple[Hit, ...]
    order: tuple[int, str, str]
    band: Band = Band.NONE

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=alone(self.request.duration_minutes) if self.request else 25)

    def need(self, default: int) -> int:
        """How many colleagues: what its request says, else `default`."""
        return self.request.partners if self.request else default


@dataclass
class Choice:
    """`wanted` go to the matcher; `waiting` are counted by the unit's id.

    away: their presenter has no time. full: their presenter brings no more in these days.
    """

    wanted: list[Wanted] = field(default_factory=list)
    away: list[Wanted] = field(default_factory=list)
    full: list[Wanted] = field(default_factory=list)
    waiting: dict[int, int] = field(default_factory=dict)


def wanted_cases(municipality: Municipality, *, draft: SparringPlan | None = None) -> list[Wanted]:
    """Active cases that are due or asked for and not booked: urgent, asked for, then the rest.

    Within each the order of the needs (band, score, oldest belief, fixed shuffle); requests by the
    day they want to be answered before. The requests that `draft` made itself are not asked for by
    anybody. Five queries.
    """
    needs = {need.case_id: need for need in due_needs().filter(case__municipality=municipality)}
    asked = SparringRequest.objects.filter(
        state__in=WAITING, case__municipality=municipality, case__status=CaseStatus.ACTIVE
    )
    if draft is not None:
        asked = asked.exclude(sessions__in=draft.sessions.filter(made_request=True))
    sparring_requests = {sparring_request.case_id: sparring_request for sparring_request in asked}
    booked = SparringSession.objects.filter(
        case__municipality=municipality, state__in=BOOKED
    ).values_list("case_id", flat=True)
    ids = (needs.keys() | sparring_requests.keys()) - set(booked)
    calm = RenewalNeed.objects.filter(case__in=sparring_requests.keys() - needs.keys())
    known = needs | {need.case_id: need for need in calm}
    cases = Case.objects.filter(pk__in=ids).select_related("owner__unit__municipality", "unit")
    found = [_wanted(case, known.get(case.pk), sparring_requests.get(case.pk)) for case in cases]
    return sorted(found, key=lambda row: row.order)


def choose(
    wanted: Sequence[Wanted],
    has_time: frozenset[int],
    capacity: dict[int, int],
    presents: Mapping[int, int],
) -> Choice:
    """Hold the cases to their units' room and to what their presenters bring.

    `has_time` are the ids of presenters with free time, `presents` says how many cases each brings.
    """
    choice, left, brings = Choice(), dict(capacity), dict(presents)
    for wanted_case in wanted:
        presenter = wanted_case.case.owner_id
        if presenter not in has_time:
            choice.away.append(wanted_case)
        elif brings[presenter] <= 0:
            choice.full.append(wanted_case)
        elif left[wanted_case.case.unit_id] > 0:
            left[wanted_case.case.unit_id] -= 1
            brings[presenter] -= 1
            choice.wanted.append(wanted_case)
        else:
            choice.waiting[wanted_case.case.unit_id] = (
                choice.waiting.get(wanted_case.case.unit_id, 0) + 1
            )
    return choice


def capacity_of_units(municipality: Municipality, first_day: date, days: int) -> dict[int, int]:
    """How many sessions each unit can still have in the window, by the unit's id; two queries."""
    last = first_day + timedelta(days=days - 1)
    sessions = SparringSession.objects.filter(
        case__municipality=municipality,
        state__in=BOOKED,
        starts_at__date__range=(first_day, last),
    )
    booked = dict(sessions.values_list("case__unit").annotate(n=Count("pk")).order_by())
    return {
        unit.pk: max(-(-unit.capacity_per_week * days // 7) - booked.get(unit.pk, 0), 0)
        for unit in Unit.objects.filter(municipality=municipality)
    }


def order_of(
    need: RenewalNeed | None, sparring_request: SparringRequest | None
) -> tuple[int, str, str]:
    """The sort key of a case that wants a session: urgent, asked for, due."""
    key = need.order_key if need else "~"
    if need and need.band == Band.URGENT and not need.held_back:
        return (_URGENT, "", key)
    if sparring_request is not None:
        before = sparring_request.deadline.isoformat() if sparring_request.deadline else "~"
        return (_REQUESTED, before + local_date(sparring_request.created_at).isoformat(), key)
    return (_DUE, "", key)


def _wanted(
    case: Case, need: RenewalNeed | None, sparring_request: SparringRequest | None
) -> Wanted:
    hits = tuple(Hit.from_json(hit) for hit in need.hits) if need else ()
    band = Band(need.band) if need else Band.NONE
    return Wanted(case, sparring_request, hits, order_of(need, sparring_request), band)
