"""The list "Sag uden sparring": who waits for a session, at what rank, and why.

The order is the planner's own, so the list says what the next plan will do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from renewal.texts import label
from sparring.models import Case, SparringPlan, SparringRequest
from sparring.plans.case_selection import WAITING, Wanted, order_of, wanted_cases

if TYPE_CHECKING:
    from people.models import Municipality


@dataclass(frozen=True)
class Row:
    """One case without a session. `reasons` are rules' names: no number, no free text."""

    position: int
    case: Case
    request: SparringRequest | None
    band: str
    reasons: list[str]
    not_placed: str


@dataclass(frozen=True)
class Rank:
    """A request's place among the municipality's open requests, from 1."""

    position: int
    sparring_requests: int


def waiting_list(municipality: Municipality) -> list[Row]:
    """The municipality's cases that want a session and have none; six queries at most."""
    wanted = wanted_cases(municipality)
    lacking = _lacking(municipality)
    return [
        Row(
            position=position,
            case=wanted_case.case,
            request=wanted_case.request,
            band=str(wanted_case.band.label),
            reasons=_reasons(wanted_case),
            not_placed=lacking.get(wanted_case.case.pk, ""),
        )
        for position, wanted_case in enumerate(wanted, 1)
    ]


def rank_of(sparring_request: SparringRequest) -> Rank | None:
    """Where a waiting request stands; None for one that does not wait. One query."""
    return ranks(sparring_request.case.municipality_id).get(sparring_request.pk)


def ranks(municipality_id: int) -> dict[int, Rank]:
    """The place of every request of a municipality that waits, by its id; one query."""
    rows = SparringRequest.objects.filter(
        state__in=WAITING, case__municipality=municipality_id
    ).select_related("case__need")
    rows = rows.defer("key_question", "case__need__hits", "case__need__waiting")
    ordered = sorted(rows, key=lambda row: order_of(getattr(row.case, "need", None), row))
    return {row.pk: Rank(position, len(ordered)) for position, row in enumerate(ordered, 1)}


def _reasons(wanted: Wanted) -> list[str]:
    hits = sorted(wanted.hits, key=lambda hit: (-hit.points, hit.code.number))
    return [label(hit.code.value) for hit in hits]


def _lacking(municipality: Municipality) -> dict[int, str]:
    """Why the newest plan found no session, by the case's id."""
    plan = SparringPlan.objects.filter(municipality=municipality).order_by("-created_at").first()
    rows = plan.unplaced.all() if plan is not None else ()
    return {row.case_id: row.get_why_display() for row in rows}
