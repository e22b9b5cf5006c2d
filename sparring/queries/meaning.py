"""What a step of the scale has meant: intervals of one's own unit, else the published base rate."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import KeyFigure
from people.models import Unit
from privacy.intervals import wilson
from privacy.suppression import telling
from sparring.enums import SUCCESS, ByRole, ClosedAs
from sparring.models import Belief

HORIZON = timedelta(days=365)
FEWEST = 30
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
        .annotate(bids=Count("pk"), began=Count("pk", filter=within))
    )
    smallest = unit.suppression_threshold
    return {
        row["value"]: _meaning(row["value"], row["began"], row["bids"])
        for row in rows
        if row["bids"] >= FEWEST and not telling(row["began"], row["bids"], threshold=smallest)
    }


def base_rate() -> KeyFigure | None:
    """The published base figure, shown where the unit has too few bids of its own."""
    return KeyFigure.objects.shown().filter(key=BASE_KEY).first()


def _meaning(step: int, began: int, bids: int) -> str:
    tell = _("Of %(bids)d bids of %(step)d in this unit, %(low)d–%(high)d %% began within a year.")
    low, high = (round(bound * 100) for bound in wilson(began, bids))
    return tell % {"bids": bids, "step": step, "low": low, "high": high}
