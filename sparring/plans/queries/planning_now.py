"""What the coordinator's overview shows: what lacks somebody, what was called off, who waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from renewal import Hit
from renewal.texts import label
from sparring.enums import Band, CaseStatus, SessionState
from sparring.models import SparringRequest, SparringSession
from sparring.plans.case_selection import BOOKED, WAITING, order_of
from sparring.plans.gaps import broken_sessions

if TYPE_CHECKING:
    from people.models import Municipality

CALLED_OFF_WITHIN = timedelta(days=14)
MOST_REASONS = 2


@dataclass(frozen=True)
class WaitingRequest:
    """A request without a session: its place, its case's band and the reasons in words."""

    position: int
    request: SparringRequest
    band: str
    reasons: list[str]


@dataclass(frozen=True)
class PlanningNow:
    """broken: booked sessions that lack somebody. called_off: whose case waits again.

    waiting: the first of the requests without a session, `requests` how many there are.
    """

    broken: Sequence[SparringSession]
    called_off: Sequence[SparringSession]
    waiting: Sequence[WaitingRequest]
    requests: int

    @property
    def to_repair(self) -> int:
        return len(self.broken) + len(self.called_off)


def planning_now(municipality: Municipality, at: datetime, *, most: int = 5) -> PlanningNow:
    """What presses in a municipality, with the `most` first requests; three queries."""
    ordered = _requests(municipality)
    return PlanningNow(
        broken=list(broken_sessions(municipality, at).select_related("case__owner")),
        called_off=_called_off(municipality, at),
        waiting=[_row(position, row) for position, row in enumerate(ordered[:most], 1)],
        requests=len(ordered),
    )


def _called_off(municipality: Municipality, at: datetime) -> list[SparringSession]:
    """The newest called-off session of each case that was to be of late, and has no other now."""
    sessions = (
        SparringSession.objects.filter(
            case__municipality=municipality,
            case__status=CaseStatus.ACTIVE,
            state=SessionState.CANCELLED,
            request__state__in=WAITING,
            starts_at__gt=at - CALLED_OFF_WITHIN,
        )
        .exclude(case__sessions__state__in=(*BOOKED, SessionState.PROPOSED))
        .select_related("case__owner")
        .order_by("starts_at", "pk")
    )
    return list({session.case_id: session for session in sessions}.values())


def _requests(municipality: Municipality) -> list[SparringRequest]:
    """Requests in the planner's order, each once, whether or not a draft answers them."""
    rows = SparringRequest.objects.filter(
        state__in=WAITING, case__municipality=municipality
    ).select_related("case__owner", "case__need")
    return sorted(rows, key=lambda row: order_of(getattr(row.case, "need", None), row))


def _row(position: int, sparring_request: SparringRequest) -> WaitingRequest:
    need = getattr(sparring_request.case, "need", None)
    hits = [Hit.from_json(hit) for hit in need.hits] if need else []
    hits.sort(key=lambda hit: (-hit.points, hit.code.number))
    codes = [hit.code.value for hit in hits] or sparring_request.reasons
    return WaitingRequest(
        position,
        sparring_request,
        band=str(need.band) if need else str(Band.NONE),
        reasons=[label(code) for code in codes[:MOST_REASONS]],
    )
