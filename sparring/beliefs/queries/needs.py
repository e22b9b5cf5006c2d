"""Stored needs: in the order that lists show, with their reasons, and those to work out again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from renewal import Hit
from renewal.thresholds import RULE_VERSION
from sparring.enums import Band, CaseStatus
from sparring.models import Case, RenewalNeed


def due_needs() -> QuerySet[RenewalNeed]:
    """Needs of active cases that are due now, most urgent first, each with its case and unit."""
    due = RenewalNeed.objects.filter(held_back="", case__status=CaseStatus.ACTIVE)
    return due.exclude(band=Band.NONE).select_related("case__unit").order_by("order_key")


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
