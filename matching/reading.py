"""Reads a matching problem from JSON, and refuses anything it would have to guess about.

The shape (docs/decisions/0005-matching-one-flow.md): `slots`, `colleagues` (id, capacity, free),
`cases` (id, owner, need, free), `pairs` (case, colleague, affinity), `agreed` (case, colleague),
`load_weight`. May be left out: owner (null), need (1), agreed (none), load_weight (0.8).
"""

from __future__ import annotations

import math
from itertools import chain
from typing import Any

import numpy as np
from django.utils.translation import gettext_noop

from matching.errors import MatchingFileError, shown
from matching.jsonpairs import read_object
from matching.pairlist import PairList
from matching.problem import MAX_LOAD_WEIGHT, Bools, Ident, Ints, Problem, build_problem

LARGEST = 1_000_000_000
"""Whole numbers above this are taken for mistakes."""
MOST_HOURS = 500_000_000
"""People times different slots that calendars may have together."""
DEFAULT_LOAD_WEIGHT = 0.8


def read_problem(text: str) -> Problem:
    """The problem in a JSON text; raises MatchingFileError with one line that says what is wrong.

    The file's ids are kept; a pair of a case and its own owner is left out (hard rule).
    """
    listed = PairList()
    data = read_object(text, {"pairs": listed.add})
    del text
    slots = _whole(_member(data, "slots"), "slots", 0)
    colleagues = _entries(data, "colleagues")
    cases = _entries(data, "cases")
    colleague_index = _ids(colleagues, "colleagues")
    case_index = _ids(cases, "cases")
    _list(_member(data, "pairs"), "pairs")
    people_hours = [_hours(entry, path, slots) for path, entry in _placed(colleagues, "colleagues")]
    case_hours = [_hours(entry, path, slots) for path, entry in _placed(cases, "cases")]
    numbers = np.unique(np.fromiter(chain.from_iterable([*people_hours, *case_hours]), np.int64))
    _check_size(len(numbers) * (len(cases) + len(colleagues)))
    return build_problem(
        case_ids=list(case_index),
        colleague_ids=list(colleague_index),
        capacity=_capacities(colleagues),
        owner=_owners(cases, colleague_index),
        need=_needs(cases),
        colleague_free=_calendar(people_hours, numbers),
        case_free=_calendar(case_hours, numbers),
        pairs=listed.pairs(case_index, colleague_index),
        agreed=_agreed(data.get("agreed", []), case_index, colleague_index),
        load_weight=_load_weight(data.get("load_weight", DEFAULT_LOAD_WEIGHT)),
        slot_numbers=numbers,
    )


def _placed(entries: list[dict[str, Any]], name: str) -> list[tuple[str, dict[str, Any]]]:
    return [(f"{name}[{number}]", entry) for number, entry in enumerate(entries)]


def _member(data: dict[str, Any], name: str, path: str = "") -> Any:
    if name not in data:
        path = f"{path}.{name}" if path else name
        raise MatchingFileError(gettext_noop("%(path)s is missing."), path=path)
    return data[name]


def _list(value: Any, path: str) -> list[Any]:
    if not isinstance(value, list):
        raise MatchingFileError(gettext_noop("%(path)s must be a list."), path=path)
    return value


def _entries(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    entries = _list(_member(data, name), name)
    for path, entry in _placed(entries, name):
        if not isinstance(entry, dict):
            raise MatchingFileError(gettext_noop("%(path)s must be an object."), path=path)
    return entries


def _whole(value: Any, path: str, least: int) -> int:
    if type(value) is not int:
        raise MatchingFileError(gettext_noop("%(path)s must be a whole number."), path=path)
    if not least <= value <= LARGEST:
        raise MatchingFileError(
            gettext_noop("%(path)s is %(value)s; it must be from %(least)s to %(most)s."),
            path=path,
            value=shown(value),
            least=least,
            most=LARGEST,
        )
    return value


def _ids(entries: list[dict[str, Any]], name: str) -> dict[Ident, int]:
    """Index by id, in the order of the file."""
    index: dict[Ident, int] = {}
    for number, (path, entry) in enumerate(_placed(entries, name)):
        ident = _member(entry, "id", path)
        if type(ident) not in (int, str):
            raise MatchingFileError(
                gettext_noop("%(path)s must be a text or a whole number."), path=f"{path}.id"
            )
        if ident in index:
            raise MatchingFileError(
                gettext_noop("%(path)s: the id %(id)s is used twice."),
                path=path,
                id=shown(ident),
            )
        index[ident] = number
    return index


def _known(ident: Any, index: dict[Ident, int], path: str) -> int:
    if type(ident) not in (int, str) or ident not in index:
        raise MatchingFileError(
            gettext_noop("%(path)s: unknown id %(id)s."), path=path, id=shown(ident)
        )
    return index[ident]


def _hours(entry: dict[str, Any], path: str, slots: int) -> list[int]:
    hours = _list(_member(entry, "free", path), f"{path}.free")
    path = f"{path}.free"
    for slot in hours:
        if type(slot) is not int:
            raise MatchingFileError(
                gettext_noop("%(path)s: a slot must be a whole number."), path=path
            )
        if not 0 <= slot < slots:
            raise MatchingFileError(
                gettext_noop("%(path)s: slot %(slot)s is out of range; there are %(slots)s slots."),
                path=path,
                slot=shown(slot),
                slots=slots,
            )
    return hours


def _check_size(hours: int) -> None:
    if hours > MOST_HOURS:
        raise MatchingFileError(gettext_noop("The calendars are too large to hold in memory."))


def _calendar(hours: list[list[int]], numbers: Ints) -> Bools:
    """Free slots as a mask over the slots anybody has free at all."""
    free = np.zeros((len(hours), len(numbers)), bool)
    for person, slots in enumerate(hours):
        free[person, np.searchsorted(numbers, slots)] = True
    return free


def _capacities(colleagues: list[dict[str, Any]]) -> Ints:
    return np.array(
        [
            _whole(_member(entry, "capacity", path), f"{path}.capacity", 0)
            for path, entry in _placed(colleagues, "colleagues")
        ],
        np.int64,
    )


def _needs(cases: list[dict[str, Any]]) -> Ints:
    return np.array(
        [
            _whole(entry.get("need", 1), f"{path}.need", 1)
            for path, entry in _placed(cases, "cases")
        ],
        np.int64,
    )


def _owners(cases: list[dict[str, Any]], colleague_index: dict[Ident, int]) -> Any:
    return np.array(
        [
            -1
            if entry.get("owner") is None
            else _known(entry["owner"], colleague_index, f"{path}.owner")
            for path, entry in _placed(cases, "cases")
        ],
        np.int32,
    )


def _agreed(
    value: Any, case_index: dict[Ident, int], colleague_index: dict[Ident, int]
) -> list[tuple[int, int]]:
    agreed: dict[tuple[int, int], None] = {}
    for number, pair in enumerate(_list(value, "agreed")):
        path = f"agreed[{number}]"
        if not isinstance(pair, list) or len(pair) != 2:
            raise MatchingFileError(gettext_noop("%(path)s must be [case, colleague]."), path=path)
        known = (_known(pair[0], case_index, path), _known(pair[1], colleague_index, path))
        if known in agreed:
            raise MatchingFileError(gettext_noop("%(path)s: the pair is listed twice."), path=path)
        agreed[known] = None
    return list(agreed)


def _load_weight(value: Any) -> float:
    if type(value) not in (int, float) or (type(value) is float and not math.isfinite(value)):
        raise MatchingFileError(gettext_noop("%(path)s must be a number."), path="load_weight")
    if not 0 <= value <= MAX_LOAD_WEIGHT:
        raise MatchingFileError(
            gettext_noop("%(path)s is %(value)s; it must be from %(least)s to %(most)s."),
            path="load_weight",
            value=shown(value),
            least=0,
            most=int(MAX_LOAD_WEIGHT),
        )
    return float(value)
