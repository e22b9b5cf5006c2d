"""Who uses which offer, and why: in how many of a unit's active cases, never by whom (I6).

Both are counted over the same cases, so they are one table, and its levels are the units and the
municipality: what is hidden is decided for all of them at once (decision 0024). A unit whose cases
lie with so few caseworkers that its figures would be theirs is counted together with others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _

from kb.models import Offer
from people.models import Unit
from people.thresholds import smallest_shown
from privacy.levels import publish_levels
from privacy.suppression import CountRow
from sparring.enums import ChosenBecause
from sparring.models import Action, Case

if TYPE_CHECKING:
    from django.db import models

    from privacy.suppression import Cell

FEWEST_CASEWORKERS = 5
DAYS = 365


@dataclass
class Group:
    """Units that are counted together, mostly one."""

    units: list[Unit]
    cases: int = 0
    owners: set[int] = field(default_factory=set)

    @property
    def name(self) -> str:
        return " + ".join(unit.name for unit in self.units)

    @property
    def threshold(self) -> int:
        return smallest_shown(self.units)


@dataclass(frozen=True)
class Line:
    """One offer or reason, with a cell for each group and one for all together."""

    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class OfferUse:
    """What may be shown. `groups` are the names of the columns."""

    groups: list[str]
    offers: list[Line]
    reasons: list[Line]


Counts = Mapping[tuple[int, str], int]


def offer_use(municipality_id: int, *, today: date) -> OfferUse:
    """Of the active cases: in how many an offer was begun within a year, and why it was chosen."""
    groups = groups_of(municipality_id)
    counts = {**_by_offer(municipality_id, today), **_by_reason(municipality_id, today)}
    offers = list(Offer.objects.shown().order_by("name"))
    keys = [f"offer:{offer.pk}" for offer in offers]
    keys += [f"why:{reason}" for reason in ChosenBecause]
    parts = {number: _rows(group, keys, counts) for number, group in enumerate(groups)}
    thresholds = {number: group.threshold for number, group in enumerate(groups)}
    levels = publish_levels(parts, thresholds=thresholds, linked=True)
    tables = [*(levels.parts[number] for number in parts), levels.whole]
    labels = [*(offer.name for offer in offers), *(str(reason.label) for reason in ChosenBecause)]
    lines = [
        Line(label, [table.cells[at] for table in tables])
        for at, label in enumerate(labels if parts else ())
    ]
    names = [*(group.name for group in groups), _("All together")] if groups else []
    return OfferUse(names, lines[: len(offers)], lines[len(offers) :])


def groups_of(municipality_id: int) -> list[Group]:
    """The units with active cases; those with few caseworkers joined, the smallest first."""
    units = {unit.pk: unit for unit in Unit.objects.filter(municipality=municipality_id)}
    cases = Case.objects.active().filter(municipality=municipality_id).order_by()
    counted = cases.values_list("unit").annotate(Count("pk"))
    found = {unit: Group([units[unit]], count) for unit, count in counted}
    for unit, owner in cases.values_list("unit", "owner").distinct():
        found[unit].owners.add(owner)
    return _joined(sorted(found.values(), key=lambda group: (len(group.owners), group.name)))


def _joined(groups: list[Group]) -> list[Group]:
    """No group has fewer than five caseworkers, as long as there is another one to join."""
    while len(groups) > 1 and len(groups[0].owners) < FEWEST_CASEWORKERS:
        first, second, *rest = groups
        both = Group(
            first.units + second.units, first.cases + second.cases, first.owners | second.owners
        )
        groups = sorted([both, *rest], key=lambda group: (len(group.owners), group.name))
    few = [group for group in groups if len(group.owners) < FEWEST_CASEWORKERS]
    return [] if few else sorted(groups, key=lambda group: group.name)


def _rows(group: Group, keys: Sequence[str], counts: Counts) -> list[CountRow]:
    units = [unit.pk for unit in group.units]
    return [
        CountRow(key, sum(counts.get((unit, key), 0) for unit in units), group.cases)
        for key in keys
    ]


def _begun(municipality_id: int, today: date) -> models.QuerySet[Action]:
    cases = Case.objects.active().filter(municipality=municipality_id)
    begun = (today - timedelta(days=DAYS), today)
    return Action.objects.order_by().filter(case__in=cases, started_on__range=begun)


def _by_offer(municipality_id: int, today: date) -> Counts:
    rows = _begun(municipality_id, today).filter(offer__isnull=False)
    counted = rows.values_list("case__unit", "offer").annotate(Count("case", distinct=True))
    return {(unit, f"offer:{offer}"): count for unit, offer, count in counted}


def _by_reason(municipality_id: int, today: date) -> Counts:
    rows = _begun(municipality_id, today).exclude(chosen_because="")
    counted = rows.values_list("case__unit", "chosen_because").annotate(
        Count("case", distinct=True)
    )
    return {(unit, f"why:{reason}"): count for unit, reason, count in counted}
