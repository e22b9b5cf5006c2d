"""Generalised fields, and how many in the caseload fit them (k-anonymity, k >= 5).

Single words can all be harmless and their combination still fit one person only. So a story is
published from generalised fields (age band, region, trade, health group), and at least ``K``
people in the caseload must share the tuple, or fields are dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

K = 5
FIELDS = ("age_band", "region", "trade", "health_group")
Value = str | None


def age_band(age: int) -> str:
    """The three bands of the case model; ``ValueError`` for a negative age."""
    if age < 0:
        message = f"an age cannot be negative, got {age}"
        raise ValueError(message)
    if age < 30:
        return "-29"
    return "30-49" if age < 50 else "50-"


def k_for(fields: Sequence[Value], rows: Iterable[Sequence[Value]]) -> int:
    """How many rows share every field that is given.

    ``None`` in ``fields`` means the field is not published and matches anything; ``None`` in a
    row is unknown and matches no published field, so k is never overstated. ``ValueError`` when
    a row has another number of fields.
    """
    return sum(all(map(_fits, fields, row)) for row in _checked(fields, rows))


def generalise(
    fields: Sequence[Value], rows: Iterable[Sequence[Value]], *, k: int = K
) -> tuple[Value, ...] | None:
    """The tuple with as few fields dropped as needed for ``k``, later fields dropped first.

    ``None`` when even a tuple without fields fits fewer than ``k`` people.
    """
    caseload = list(_checked(fields, rows))
    given = [index for index, value in enumerate(fields) if value is not None]
    for kept_count in range(len(given), -1, -1):
        for kept in combinations(given, kept_count):
            candidate = tuple(v if i in kept else None for i, v in enumerate(fields))
            if k_for(candidate, caseload) >= k:
                return candidate
    return None


def _fits(field: Value, value: Value) -> bool:
    return field is None or field == value


def _checked(fields: Sequence[Value], rows: Iterable[Sequence[Value]]) -> Iterable[Sequence[Value]]:
    for row in rows:
        if len(row) != len(fields):
            message = f"a row has {len(row)} fields, the tuple has {len(fields)}"
            raise ValueError(message)
        yield row
