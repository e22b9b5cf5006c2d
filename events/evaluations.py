"""What the evaluations of an event say together: nothing before there are five."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from events.enums import WillUse
from privacy.suppression import THRESHOLD

if TYPE_CHECKING:
    from events.models import EventPage


@dataclass(frozen=True)
class Summary:
    """`useful`: how many for each answer from 5 down; `will_use`: (words, how many)."""

    count: int
    useful: list[tuple[int, int]]
    will_use: list[tuple[Any, int]]
    texts: list[str]


def summary(event: EventPage) -> Summary | None:
    """The answers together; None while there are fewer than five, so that nobody is seen."""
    answers = list(event.evaluations.all())
    if len(answers) < THRESHOLD:
        return None
    useful = Counter(answer.useful for answer in answers)
    will_use = Counter(answer.will_use for answer in answers)
    return Summary(
        count=len(answers),
        useful=[(grade, useful[grade]) for grade in (5, 4, 3, 2, 1)],
        will_use=[(label, will_use[code]) for code, label in WillUse.choices],
        texts=sorted(answer.otherwise for answer in answers if answer.otherwise),
    )
