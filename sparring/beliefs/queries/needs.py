"""Stored needs: in the order that lists show, with their reasons, and those to work out again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from renewal import Hit, Rule
from renewal.thresholds import RULE_VERSION
from sparring.enums import Band, ByRole, CaseStatus
from sparring.models import Belief, Case, RenewalNeed

if TYPE_CHECKING:
    from people.models import Employee

OWN_BID = (Rule.NO_BELIEF, Rule.STALE, Rule.NEW_OWNER, Rule.REPEATED)
"""The rules that the caseworker answers by a bid, not by asking the citizen or a colleague."""


def due_needs() -> QuerySet[RenewalNeed]:
    """Needs of active cases that are due now, most urgent first, each with its case and unit."""
    due = RenewalNeed.objects.filter(held_back="", case__status=CaseStatus.ACTIVE)
    return due.exclude(band=Band.NONE).select_related("case__unit").order_by("order_key")


def waiting_for_own_bid(employee: Employee) -> QuerySet[Case]:
    """One's own active cases that a bid of one's own would answer, in the order of the list.

    Without those that got one today, whatever the rules say of it.
    """
    asks = Q(is_blind=True)
    for code in OWN_BID:
        asks |= Q(need__held_back="", need__hits__contains=[{"code": code}])
    today = Belief.objects.filter(
        case=OuterRef("pk"),
        by_role=ByRole.CASEWORKER,
        by_employee=employee,
        registered_at__date=timezone.localdate(),
    )
    return Case.objects.owned_by(employee).active().for_owner().filter(asks, ~Exists(today))


def hits_of(need: RenewalNeed | None, *, waiting: bool = False) -> list[Hit]:
    """The need's reasons with their day counts as of today, the heaviest first.

    `waiting` gives those that a booked or recent session holds back instead.
    """
    if need is None:
        return []
    today = timezone.localdate()
    stored = need.waiting if waiting else need.hits
    hits = [Hit.from_json(row).on(today) for row in stored]
    return sorted(hits, key=lambda hit: (-hit.points, hit.code.number))


def open_cases() -> QuerySet[Case]:
    """Cases that are not closed."""
    return Case.objects.exclude(status=CaseStatus.CLOSED)


def stale_cases(today: date, fingerprints: Mapping[str, Collection[int]]) -> QuerySet[Case]:
    """Open cases whose stored need may not be today's; `fingerprints` maps to the units' ids.

    Never worked out, on its day of change or past it, or worked out by other thresholds or rules.
    """
    same = Q(pk__in=[])
    for fingerprint, units in fingerprints.items():
        same |= Q(unit__in=units, need__fingerprint=fingerprint)
    current = Q(need__next_change__gt=today, need__rule_version=RULE_VERSION) & same
    return open_cases().exclude(pk__in=Case.objects.filter(current).values("pk"))
