"""Writing down what a citizen is good at, who says so, and how the citizen is best met."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from privacy import audit
from search.outbox import enqueue_instance
from sparring.enums import StrengthSource
from sparring.models import Strength, WayToMeet
from sparring.shared import guards

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.models import Case

MOST_STRENGTHS = 12


class Noted(NamedTuple):
    """A strength and where it comes from."""

    text: str
    source: str


@transaction.atomic
def set_strengths(
    *,
    case: Case,
    actor: Employee,
    strengths: Sequence[Noted],
    motivates: str = "",
    how_to_meet: str = "",
    at: datetime | None = None,
) -> list[Strength]:
    """Write all of it; what is not in `strengths` any more is taken out.

    Empty texts and repetitions are left out; of two alike the first one's source counts. What
    stays keeps the day on which it was written down. Raises PermissionDenied unless the actor owns
    the case; ValidationError where it is closed, for a text too long, and for more than twelve.
    """
    case = guards.locked(case)
    guards.require_owner(actor, case)
    guards.require_open(case)
    kept = _without_repetitions(strengths)
    if len(kept) > MOST_STRENGTHS:
        tell = _("At most %(most)d strengths.")
        raise ValidationError({"strengths": tell % {"most": MOST_STRENGTHS}})
    rows = _replace(case, kept, guards.local_day(at))
    _set_way(case, motivates.strip(), how_to_meet.strip())
    audit.record(actor=actor, action="case.set_strengths", target=case, count=len(rows))
    enqueue_instance(case)
    return rows


@transaction.atomic
def fill_in_sheet(
    *,
    case: Case,
    actor: Employee,
    said: Sequence[str],
    motivates: str = "",
    how_to_meet: str = "",
    at: datetime | None = None,
) -> list[Strength]:
    """Write what the citizen filled in together with the caseworker: in the citizen's own words.

    What was known already from others stays, with its source; what is left empty changes nothing.
    """
    present = [Noted(row.text, row.source) for row in case.strengths.all()]
    way = WayToMeet.objects.filter(case=case).first()
    own = [Noted(text, StrengthSource.SAID) for text in said]
    return set_strengths(
        case=case,
        actor=actor,
        strengths=[*present, *own],
        motivates=motivates.strip() or (way.motivates if way else ""),
        how_to_meet=how_to_meet.strip() or (way.how_to_meet if way else ""),
        at=at,
    )


def _without_repetitions(strengths: Sequence[Noted]) -> list[Noted]:
    found: dict[str, Noted] = {}
    for strength in strengths:
        text = " ".join(strength.text.split())
        if text:
            found.setdefault(text.lower(), Noted(text, strength.source))
    return list(found.values())


def _replace(case: Case, strengths: Sequence[Noted], today: date) -> list[Strength]:
    """Take the rows out and write them anew, in the order given."""
    days = dict(case.strengths.values_list("text", "noted_on"))
    rows = [
        Strength(case=case, text=text, source=source, noted_on=days.get(text, today))
        for text, source in strengths
    ]
    for row in rows:
        _clean(row)
    if days:
        case.strengths.all().delete()
    return Strength.objects.bulk_create(rows)


def _clean(row: Strength) -> None:
    try:
        guards.clean(row)
    except ValidationError as error:
        raise ValidationError({"strengths": error.messages}) from error


def _set_way(case: Case, motivates: str, how_to_meet: str) -> None:
    WayToMeet.objects.filter(case=case).delete()
    if motivates or how_to_meet:
        way = WayToMeet(case=case, motivates=motivates, how_to_meet=how_to_meet)
        guards.clean(way)
        way.save()
