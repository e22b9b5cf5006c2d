"""What other thresholds would do to a municipality's cases: counts before and after, no case.

Nothing is stored: both sides are worked out on the open cases as they are today.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from renewal import CaseFacts, Thresholds, assess
from sparring.enums import Band
from sparring.models import Case
from sparring.models.threshold_lookup import fingerprints, limits_for

from .facts import facts_for
from .needs import open_cases, stale_cases

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from people.models import Municipality, Unit

CHUNK = 2000
HELD_BACK = "held_back"
DUE_BANDS = (Band.URGENT, Band.HIGH, Band.ORDINARY)
LABELS: Mapping[str, str | Promise] = {
    **{band.value: band.label for band in DUE_BANDS},
    HELD_BACK: _("Held back: paused, put off or with a session"),
    Band.NONE.value: _("No fresh look needed"),
}


@dataclass(frozen=True)
class Line:
    """How many cases stand somewhere now, and how many would."""

    label: str
    before: int
    after: int

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Forecast:
    """The lines by band, and the sum of what is due."""

    cases: int
    lines: tuple[Line, ...]
    due: Line


@dataclass(frozen=True)
class Progress:
    """How many of a municipality's open cases have been worked out with today's thresholds."""

    done: int
    total: int

    @property
    def finished(self) -> bool:
        return self.done >= self.total


def forecast(municipality: Municipality, values: Mapping[str, Any]) -> Forecast:
    """Counts per band with the municipality's present thresholds and with `values` in their place.

    `values` is what would be stored (`Municipality.renewal_thresholds`). Six queries for each 2,000
    cases. Raises ThresholdError for numbers that cannot be used.
    """
    units = list(municipality.units.select_related("municipality"))
    now = {unit.pk: limits_for(unit, municipality.renewal_thresholds) for unit in units}
    then = {unit.pk: limits_for(unit, values) for unit in units}
    before, after = Counter[str](), Counter[str]()
    for unit, facts in _facts(municipality, timezone.localdate()):
        before[_band_of(facts, now[unit])] += 1
        after[_band_of(facts, then[unit])] += 1
    lines = tuple(Line(str(text), before[index], after[index]) for index, text in LABELS.items())
    due = Line(
        str(_("Due for a fresh look")),
        sum(before[band.value] for band in DUE_BANDS),
        sum(after[band.value] for band in DUE_BANDS),
    )
    return Forecast(before.total(), lines, due)


def progress(municipality: Municipality) -> Progress:
    """How far working out anew has come; two counts."""
    units: list[Unit] = list(municipality.units.select_related("municipality"))
    cases = open_cases().filter(municipality=municipality)
    stale = stale_cases(timezone.localdate(), fingerprints(units))
    total = cases.count()
    return Progress(total - stale.filter(municipality=municipality).count(), total)


def _facts(municipality: Municipality, today: date) -> Iterator[tuple[int, CaseFacts]]:
    cases = open_cases().filter(municipality=municipality).order_by("pk")
    ids = list(cases.values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        chunk = list(Case.objects.filter(pk__in=ids[start : start + CHUNK]))
        found = facts_for(chunk, today=today)
        for case in chunk:
            yield case.unit_id, found[case.pk]


def _band_of(facts: CaseFacts, limits: Thresholds) -> str:
    need = assess(facts, limits)
    return HELD_BACK if need.held_back else need.band.value
