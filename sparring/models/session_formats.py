"""The eight steps of the guided session: minutes, who sessions, what to do (docs/domain.md B4).

Pure: no models. Texts are lazy and follow the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

LAST_TIME: Final = 1
STORY: Final = 2
FACTS: Final = 3
BIDS: Final = 4
WHAT_WORKS: Final = 5
CARDS: Final = 6
IDEAS: Final = 7
AGREEMENT: Final = 8

GROUP: Final = 40
"""A group session: two cases, one after the other, half the time each (B4)."""
PART_LENGTH: Final = GROUP // 2
LENGTHS: Final = (10, PART_LENGTH, 25)
CARDS_BY_LENGTH: Final[Mapping[int, int]] = MappingProxyType({10: 1, PART_LENGTH: 2, 25: 2})


@dataclass(frozen=True)
class Step:
    """One step. `minutes` by the session's length; a length that is missing skips the step."""

    number: int
    title: Text
    speaker: Text
    text: Text
    minutes: Mapping[int, int]
    help: Text = ""


STEPS: Final = (
    Step(
        LAST_TIME,
        _("Last time"),
        _("Whoever leads the session"),
        _("What did you agree last time, and what happened?"),
        {PART_LENGTH: 1, 25: 1},
    ),
    Step(
        STORY,
        _("Tell it without the file"),
        _("Whoever brings the case"),
        _("Tell about the person before you tell about the case. End with your key question."),
        {10: 2, PART_LENGTH: 3, 25: 4},
    ),
    Step(
        FACTS,
        _("Ask for facts"),
        _("Colleagues in turn; “pass” is an answer"),
        _("Only questions that can be answered shortly. No suggestions yet."),
        {PART_LENGTH: 2, 25: 3},
    ),
    Step(
        BIDS,
        _("Blind bid"),
        _("Everybody writes, then all is opened at once"),
        _("What is your number – and which one thing is it built on?"),
        {10: 2, PART_LENGTH: 3, 25: 3},
        _("Who are furthest from each other, and what do they see differently?"),
    ),
    Step(
        WHAT_WORKS,
        _("What works"),
        _("Colleagues"),
        _(
            "Name one thing you noticed about the citizen, "
            "and one you noticed about your colleague."
        ),
        {PART_LENGTH: 2, 25: 2},
    ),
    Step(
        CARDS,
        _("Theme cards"),
        _("Colleagues think aloud. Whoever brings the case listens and takes notes"),
        _("Take one card at a time and think aloud together."),
        {10: 3, PART_LENGTH: 4, 25: 6},
    ),
    Step(
        IDEAS,
        _("Own idea, then yours"),
        _("Whoever brings the case first, then one idea each"),
        _("One idea each. Whoever brings the case marks them with plus, minus or a question mark."),
        {PART_LENGTH: 2, 25: 3},
    ),
    Step(
        AGREEMENT,
        _("New bid and agreement"),
        _("Whoever brings the case"),
        _(
            "A new number and why. One action: who, what, by when. "
            "What the citizen is told. When you follow up."
        ),
        {10: 3, PART_LENGTH: 3, 25: 3},
        _("Was there anything here that another colleague should hear?"),
    ),
)
_BY_NUMBER: Final = {step.number: step for step in STEPS}


def steps_of(length: int, *, has_last_time: bool = True) -> tuple[Step, ...]:
    """The steps of a session of 10 or 25 minutes, or of one case of a group session (20).

    Without an earlier agreement step 1 is skipped. ValueError for another length.
    """
    if length not in LENGTHS:
        raise ValueError(f"No session lasts {length} minutes.")
    return tuple(
        step
        for step in STEPS
        if length in step.minutes and (has_last_time or step.number != LAST_TIME)
    )


def alone(duration_minutes: int) -> int:
    """How long a session of one case lasts for which so many minutes were asked for."""
    return 25 if duration_minutes == GROUP else duration_minutes


def step_of(number: int) -> Step:
    """The step with this number, 1–8; KeyError otherwise."""
    return _BY_NUMBER[number]


def neighbours(steps: tuple[Step, ...], number: int) -> tuple[Step | None, Step | None]:
    """The steps before and after `number` among `steps`; None at either end."""
    before = [step for step in steps if step.number < number]
    after = [step for step in steps if step.number > number]
    return (before[-1] if before else None, after[0] if after else None)


def deadline_of(number: int, length: int, started_at: datetime) -> datetime:
    """When the step's time is up: by elapsed time, so a clock change moves nothing."""
    return started_at + timedelta(minutes=step_of(number).minutes[length])
