"""Whether what somebody passed completes a programme: pure, dates in, an answer out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Part:
    """A module's part in a programme."""

    module: int
    required: bool = True


@dataclass(frozen=True)
class Rules:
    """The parts in their order; how many of the optional ones; whether the order counts."""

    parts: Sequence[Part]
    optional_needed: int = 0
    in_order: bool = False


@dataclass(frozen=True)
class Progress:
    """What is missing, and on which day the programme was complete."""

    missing: tuple[int, ...]
    optional_missing: int
    completed_on: date | None


def progress(rules: Rules, passes: Mapping[int, Sequence[date]], since: date | None) -> Progress:
    """Count the passes after `since`, the day of the last certificate; None counts all of them.

    Where the order counts, a module passed before the required ones in front of it does not count
    until it is passed again.
    """
    counted = _counted(rules, passes, since)
    missing = tuple(
        part.module for part in rules.parts if part.required and part.module not in counted
    )
    optional = sorted(
        counted[part.module] for part in rules.parts if not part.required and part.module in counted
    )
    optional_missing = max(0, rules.optional_needed - len(optional))
    if missing or optional_missing or not rules.parts:
        return Progress(missing, optional_missing, None)
    required = [counted[part.module] for part in rules.parts if part.required]
    return Progress((), 0, max((*required, *optional[: rules.optional_needed]), default=None))


def _counted(
    rules: Rules, passes: Mapping[int, Sequence[date]], since: date | None
) -> dict[int, date]:
    """The day on which each part was first passed as the rules want it."""
    counted: dict[int, date] = {}
    earliest, blocked = since, False
    for part in rules.parts:
        after = earliest if rules.in_order else since
        days = [day for day in passes.get(part.module, ()) if _fits(day, since, after)]
        if days and not (rules.in_order and blocked):
            counted[part.module] = min(days)
        if part.required:
            blocked = blocked or part.module not in counted
            earliest = counted.get(part.module, earliest)
    return counted


def _fits(day: date, since: date | None, after: date | None) -> bool:
    """Later than the last certificate, and not before what stands in front of it."""
    return (since is None or day > since) and (after is None or day >= after)
