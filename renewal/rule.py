"""What a renewal rule is: one object that says everything the product needs to know of it.

Each file in `renewal/rules/` makes one, called `RULE`, and is found by itself (`registry.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from renewal.scale import HIGHEST_VALUE

if TYPE_CHECKING:
    from renewal.facts import CaseFacts

Param = int | str
Params = Mapping[str, Param]
Days = Iterator[date]
Theme = int
Text = str | Promise
MOST_DAYS, MOST_MONTHS, MOST_POINTS, MOST_TIMES = 3650, 120, 100, 20
_DAYS = pgettext_lazy("threshold", "Days")
_MONTHS = pgettext_lazy("threshold", "Months")
_POINTS = pgettext_lazy("threshold", "Points")


@dataclass(frozen=True)
class Finding:
    """What a rule found in one case: since which day, for how many points, with what numbers.

    `params` are the numbers of the sentence; dates are ISO strings.
    """

    since: date
    points: int
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RenewalRule:
    """One rule of domain B3. The name of its file, in capitals, is its name in `Rule`."""

    code: str
    """What is stored in the database: "R" and a number that is never used again."""

    label: Text
    """The short name, shown as a badge and as a heading of the thresholds form."""

    source: str
    """Where the rule comes from, for docs/renewal-rules.md."""

    limits: type
    """A frozen dataclass of the numbers a municipality may set; names begin with the code."""

    check: Callable[[CaseFacts, Any], Finding | None]
    """Whether the rule hits on `facts.today`. It is given all numbers, its own among them."""

    changes: Callable[[CaseFacts, Any], Days]
    """The days on which `check` may answer differently although nothing happened in the case."""

    sentence: Callable[[Params], str]
    """The sentence shown to the case's owner, who is addressed directly."""

    sentence_to_others: Callable[[Params], str] | None = None
    """The same for everybody else; None where the sentence addresses nobody."""

    themes: tuple[Theme, ...] = ()
    """The themes whose question cards the rule draws, first choice first; may be none."""

    themes_if_caseworker_higher: tuple[Theme, ...] = ()
    """Other themes for a hit whose "caseworker" is higher than its "citizen"; see R3."""

    rising: tuple[tuple[str, str], ...] = ()
    """Pairs of numbers of which the first may not be larger than the second."""

    counted_from: str = ""
    """The parameter with the day that "days" counts from: the count grows without a new check."""

    urgent: Callable[[Params, Collection[str], Any], bool] | None = None
    """Whether the case is urgent whatever its score: by the hit's numbers and all hits' codes."""

    counts_despite_session: bool = False
    """Whether it counts although a session is booked or was held recently."""

    answered_by_belief: bool = False
    """Whether the owner answers it by a new belief; all others ask for a colleague."""

    on_by_default: bool = True
    """Whether it is on where a municipality has chosen nothing."""


def number(default: int, low: int, high: int, label: Text) -> Any:
    """A number of a rule, with its allowed range (inclusive) and its label in the form."""
    return field(default=default, metadata={"low": low, "high": high, "label": label})


def days(default: int, label: Text = _DAYS) -> Any:
    """A length in days."""
    return number(default, 0, MOST_DAYS, label)


def months(default: int, label: Text = _MONTHS) -> Any:
    """A length in calendar months."""
    return number(default, 1, MOST_MONTHS, label)


def points(default: int, label: Text = _POINTS) -> Any:
    """What a hit counts."""
    return number(default, 0, MOST_POINTS, label)


def belief(default: int, label: Text) -> Any:
    """A value of the belief scale."""
    return number(default, 0, HIGHEST_VALUE, label)


def steps(default: int, label: Text) -> Any:
    """A difference of two beliefs."""
    return number(default, 1, HIGHEST_VALUE, label)


def written_day(value: Param) -> str:
    """A parameter's ISO date as it stands in a sentence, in the active language."""
    return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
