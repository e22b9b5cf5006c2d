"""The catalogue's offers as context for a choice: what is open, and what savings have closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.models import Offer
from sparring.enums import ActionOutcome, CaseStatus
from sparring.models import Action

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sparring.models import Case


def open_offers() -> QuerySet[Offer]:
    """Offers that can be chosen."""
    return Offer.objects.shown().filter(closed_on__isnull=True).order_by("name")


def closed_offers() -> list[Offer]:
    """Offers that cannot, newest closed first, each with what can be done instead; one query."""
    closed = Offer.objects.shown().filter(closed_on__isnull=False).select_related("alternative")
    return list(closed.order_by("-closed_on", "name"))


def open_actions(case: Case) -> QuerySet[Action]:
    """The case's actions that are planned or under way."""
    return case.actions.filter(outcome__in=["", ActionOutcome.RUNNING], ended_on__isnull=True)


def owners_who_planned(offer: Offer) -> set[int]:
    """Ids of the owners of cases not closed in which the offer is planned and has not begun."""
    planned = Action.objects.filter(offer=offer, started_on__isnull=True, outcome="")
    open_cases = planned.exclude(case__status=CaseStatus.CLOSED)
    return set(open_cases.values_list("case__owner", flat=True))
