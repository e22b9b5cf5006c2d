"""A municipality's own numbers for the renewal rules (docs/domain.md B3, decision 0014)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Municipality
from people.roles import Right
from privacy import audit
from privacy.jobs import defer
from renewal import ThresholdError, Thresholds
from sparring.beliefs.queries.needs import stale_cases
from sparring.models import ThresholdChange
from sparring.models.threshold_lookup import OWN_INTERVAL, fingerprints

from .needs import recompute_ids

if TYPE_CHECKING:
    from people.models import Employee

PROBLEMS = {
    "unknown": _("There is no such number."),
    "type": _("Write a whole number."),
    "range": _("This number is too small or too large."),
    "order": _("This contradicts another number: the lower limit lies above the higher."),
}


def may_read(actor: Employee, municipality: Municipality) -> bool:
    """Whether somebody sees them there: who sets them, and the municipality's leaders."""
    return actor.may_in(municipality, Right.SET_THRESHOLDS, Right.SEE_UNIT)


def may_set(actor: Employee, municipality: Municipality) -> bool:
    """Whether somebody decides the thresholds there: its own coordinator or administrator."""
    return actor.may_in(municipality, Right.SET_THRESHOLDS)


def as_stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of the numbers: those that differ from the defaults.

    How long a belief lasts is kept even when it is the default, since leaving it out means that
    each unit decides. Raises ValidationError by field.
    """
    try:
        changed = Thresholds.from_dict(values).changed()
    except ThresholdError as error:
        raise ValidationError(
            {name: PROBLEMS[code] for name, code in error.problems.items()}
        ) from error
    own = {OWN_INTERVAL: values[OWN_INTERVAL]} if OWN_INTERVAL in values else {}
    return {**changed, **own}


@transaction.atomic
def set_thresholds(
    *, municipality: Municipality, actor: Employee, values: Mapping[str, Any]
) -> Municipality:
    """Set the municipality's numbers; a job works its open cases out again.

    What stood there before is kept, so that one can go back to it.

    Without "r1_days" each unit's own interval is how long a belief lasts. Raises PermissionDenied
    unless the actor coordinates or administrates the municipality; ValidationError by field.
    """
    if not may_set(actor, municipality):
        raise PermissionDenied("Only the municipality's own coordinator or administrator does.")
    town = Municipality.objects.select_for_update().get(pk=municipality.pk)
    stored = as_stored(values)
    if stored == town.renewal_thresholds:
        return town
    ThresholdChange.objects.create(
        municipality=town, changed_by=actor, before=town.renewal_thresholds, after=stored
    )
    town.renewal_thresholds = stored
    town.save(update_fields=["renewal_thresholds"])
    audit.record(
        actor=actor,
        action="municipality.set_thresholds",
        target=town,
        municipality_id=town.pk,
        differing=",".join(sorted(town.renewal_thresholds)),
    )
    defer("sparring.recompute_municipality", municipality_id=town.pk)
    return town


def recompute_stale(municipality_id: int, *, today: date | None = None) -> int:
    """Compute the needs of the municipality that were made by other numbers; returns how many."""
    today = today or timezone.localdate()
    town = Municipality.objects.get(pk=municipality_id)
    units = list(town.units.select_related("municipality"))
    stale = stale_cases(today, fingerprints(units)).filter(municipality=town)
    return recompute_ids(stale, today)
