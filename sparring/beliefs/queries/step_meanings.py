"""What a step of the scale has meant: intervals of one's own unit, else the published base rate."""

from __future__ import annotations

from datetime import timedelta
from math import ceil, floor
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import KeyFigure
from people.thresholds import smallest_shown
from privacy.intervals import wilson
from privacy.suppression import telling
from sparring.enums import SUCCESS, ByRole, ClosedAs
from sparring.models import Belief

if TYPE_CHECKING:
    from people.models import Unit

HORIZON = timedelta(days=365)
FEWEST = 30
STEP = 5
BASE_KEY = "basistal"


def step_meanings(unit: Unit) -> dict[int, str]:
    """A sentence for each step that at least 30 resolved bids of the unit were given on (B3).

    A bid is resolved when it is over a year old; somebody who moved is not counted. The share is an
    interval, never a point, and a step whose count could point at somebody is left out.
    """
    before = timezone.now() - HORIZON
    within = Q(
        case__closed_as__in=SUCCESS,
        case__closed_on__gte=F("registered_at__date"),
        case__closed_on__lte=F("registered_at__date") + HORIZON,
    )
    rows = (
        Belief.objects.filter(
            by_role=ByRole.CASEWORKER,
            case__unit=unit,
            corrected_by__isnull=True,
            registered_at__lt=before,
        )
        .exclude(case__closed_as=ClosedAs.MOVED)
        .order_by("value")
        .values("value")
        .annotate(beliefs=Count("pk"), began=Count("pk", filter=within))
    )
    smallest = smallest_shown([unit])
    return {
        row["value"]: _meaning(row["value"], row["began"], row["beliefs"])
        for row in rows
        if row["beliefs"] >= FEWEST
        and not telling(row["began"], row["beliefs"], threshold=smallest)
    }


def base_rate() -> KeyFigure | None:
    """The published base figure, shown where the unit has too few bids of its own."""
    return KeyFigure.objects.shown().filter(key=BASE_KEY).first()


def _meaning(step: int, began: int, beliefs: int) -> str:
    """The interval in whole fives, outwards and without the number of bids.

    To the percent and beside the number it would say how many began, and with the municipality's
    figures a hidden number there.
    """
    tell = _(
        "Of at least %(fewest)d bids of %(step)d in this unit, %(low)d–%(high)d %% began within "
        "a year."
    )
    low, high = wilson(began, beliefs)
    return tell % {
        "fewest": FEWEST,
        "step": step,
        "low": STEP * floor(100 * low / STEP),
        "high": STEP * ceil(100 * high / STEP),
    }
