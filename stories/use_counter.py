"""A place where the app above stories says how often they were used in talks.

    register_use_counter(uses_of)   # primary keys of stories -> primary key -> number of talks

Imports point downwards only; the number is of talks, never of people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

Counter = Callable[[Iterable[int]], dict[int, int]]
_counters: list[Counter] = []


def register_use_counter(counter: Counter) -> Counter:
    """Register the one counter."""
    _counters[:] = [counter]
    return counter


def uses_of(pks: Iterable[int]) -> dict[int, int]:
    """In how many talks each of these stories was used; those never used are left out."""
    return _counters[0](pks) if _counters else {}
