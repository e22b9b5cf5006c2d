"""A place where the room of sparring says how often methods were used in sessions.

    register_method_uses(uses_of)   # keys of methods -> key -> number of sessions

The number is of sessions, never of people, and is shown from five up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from privacy.suppression import THRESHOLD

Counter = Callable[[Iterable[int]], dict[int, int]]
_counters: list[Counter] = []


def register_method_uses(counter: Counter) -> Counter:
    """Register the one counter."""
    _counters[:] = [counter]
    return counter


def sessions_with(method_pk: int) -> int | None:
    """In how many sessions a method was used; None below five."""
    count = _counters[0]([method_pk]).get(method_pk, 0) if _counters else 0
    return count if count >= THRESHOLD else None
