"""What a guest from another municipality reads holds no word that the check warns about.

A guest sees the case as a colleague does. So one is let in only where every text they would read is
in order, and while one may come or is there no other text is taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext

from sparring.enums import RequestState
from sparring.models import Belief, Participation, SparringRequest
from sparring.models.access_rule import access_is_active
from sparring.shared.case_texts import (
    LOCATIONS,
    case_of,
    location_of,
    look_at,
    models_with_texts,
    quoted,
)

if TYPE_CHECKING:
    from django.db import models

    from sparring.models import Case

OPEN = (RequestState.REQUESTED, RequestState.LISTED, RequestState.BOOKED)


def is_read_by_guest(case: Case) -> bool:
    """Whether a guest reads the case, or may be asked to."""
    welcome = SparringRequest.objects.filter(case=case, allow_guest=True, state__in=OPEN)
    here = Participation.objects.filter(
        access_is_active(), session__case=case, agreement__isnull=False
    )
    return welcome.exists() or here.exists()


def refuse_for_guest(row: models.Model) -> None:
    """Raise ValidationError by field where a guest would read what the check warns about."""
    if type(row)._meta.label not in LOCATIONS:
        return
    words = _warned_words(row)
    if words and is_read_by_guest(case_of(row)):
        raise ValidationError({name: [_for_guest(found)] for name, found in words.items()})


def require_fit_for_guest(case: Case, *more: models.Model) -> None:
    """Raise ValidationError unless a guest may read all there is of a case, and these new rows."""
    found = [
        words
        for row in (*_rows_of(case), *more)
        for field_words in _warned_words(row).values()
        for words in field_words
    ]
    if found:
        tell = ngettext(
            "A guest would read %(words)s in a text of the case. Write it otherwise first.",
            "A guest would read %(words)s in texts of the case. Write them otherwise first.",
            len(found),
        )
        raise ValidationError(tell % {"words": quoted(found)}, code="not_for_guests")


def _rows_of(case: Case) -> Iterator[models.Model]:
    """Every row of the case with words that a guest reads; corrected beliefs are not shown."""
    for model, _fields in models_with_texts():
        location = location_of(model)
        if not location.read_by_guests:
            continue
        rows = model._default_manager.filter(**{location.case.replace(".", "__"): case})
        if model is Belief:
            rows = rows.filter(corrected_by__isnull=True)
        yield from rows


def _warned_words(row: models.Model) -> dict[str, list[str]]:
    """By field, the words that no guest may read."""
    looked = {
        name: [finding.text for finding in look_at(getattr(row, name)).found]
        for name in location_of(type(row)).read_by_guests
    }
    return {name: words for name, words in looked.items() if words}


def _for_guest(words: Collection[str]) -> str:
    sentence = gettext(
        "A guest from another municipality reads this. Write %(words)s otherwise: it may not stand."
    )
    return sentence % {"words": quoted(words)}
