"""Collects the pairs of a matching file in pieces, and checks them."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, count
from typing import Any

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext_noop

from matching.errors import MatchingFileError, shown
from matching.problem import SCALE, Ident, Ints, RawPairs, Shorts


class _Names:
    """Numbers ids in the order they are met, since pairs may precede the people they name."""

    def __init__(self) -> None:
        self.number: defaultdict[Ident, int] = defaultdict(count().__next__)

    def numbers(self, idents: list[Ident]) -> Shorts:
        return np.fromiter(map(self.number.__getitem__, idents), np.int32, len(idents))

    def index(self, known: dict[Ident, int]) -> Shorts:
        """From the numbers here to the file's index; -1 for an id the file does not define."""
        return np.array([known.get(ident, -1) for ident in self.number], np.int32)

    def name(self, number: int) -> Ident:
        return list(self.number)[number]


class PairList:
    """The pairs read so far: arrays per piece."""

    def __init__(self) -> None:
        self.cases = _Names()
        self.colleagues = _Names()
        self.pieces: list[tuple[Shorts, Shorts, Shorts]] = []
        self.length = 0

    def add(self, items: list[Any]) -> None:
        """Take in a piece; raises MatchingFileError for the first entry that is no pair."""
        if not items:
            return
        if set(map(type, items)) != {list} or set(map(len, items)) != {3}:
            self._refuse(items)
        flat = list(chain.from_iterable(items))
        case, colleague, affinity = flat[::3], flat[1::3], flat[2::3]
        if not ({*map(type, case), *map(type, colleague)} <= {int, str}):
            self._refuse(items)
        if not set(map(type, affinity)) <= {int, float}:
            self._refuse(items)
        values = self._values(affinity, items)
        if not ((values >= 0) & (values <= 1)).all():
            self._refuse(items)
        self.pieces.append(
            (
                self.cases.numbers(case),
                self.colleagues.numbers(colleague),
                np.rint(values * SCALE).astype(np.int32),
            )
        )
        self.length += len(items)

    def pairs(self, case_index: dict[Ident, int], colleague_index: dict[Ident, int]) -> RawPairs:
        """All pairs by the file's index; unknown ids and repeated pairs are refused."""
        empty = np.empty(0, np.int32)
        columns = zip((empty, empty, empty), *self.pieces, strict=True)
        case, colleague, affinity = (np.concatenate(column) for column in columns)
        self.pieces.clear()
        case = self._known(case, self.cases, case_index)
        colleague = self._known(colleague, self.colleagues, colleague_index)
        self._check_repeated(case, colleague, len(colleague_index))
        return RawPairs(case, colleague, affinity)

    def _values(self, affinity: list[Any], items: list[Any]) -> npt.NDArray[np.float64]:
        try:
            return np.array(affinity, np.float64)
        except OverflowError:
            self._refuse(items)
            raise

    def _refuse(self, items: list[Any]) -> None:
        """Find the first wrong entry of a piece, and say what is wrong with it."""
        for number, item in enumerate(items, self.length):
            path = f"pairs[{number}]"
            if type(item) is not list or len(item) != 3:
                raise MatchingFileError(
                    gettext_noop("%(path)s must be [case, colleague, affinity]."), path=path
                )
            for ident in item[:2]:
                if type(ident) not in (int, str):
                    raise MatchingFileError(
                        gettext_noop("%(path)s: unknown id %(id)s."),
                        path=path,
                        id=shown(ident),
                    )
            if type(item[2]) not in (int, float) or not 0 <= item[2] <= 1:
                raise MatchingFileError(
                    gettext_noop("%(path)s: the affinity %(value)s is not from 0 to 1."),
                    path=path,
                    value=shown(item[2]),
                )

    @staticmethod
    def _known(numbers: Shorts, names: _Names, known: dict[Ident, int]) -> Shorts:
        index = names.index(known)
        if (index < 0).any():
            first = int(np.flatnonzero((index < 0)[numbers])[0])
            raise MatchingFileError(
                gettext_noop("%(path)s: unknown id %(id)s."),
                path=f"pairs[{first}]",
                id=shown(names.name(int(numbers[first]))),
            )
        return index[numbers] if len(numbers) else numbers

    @staticmethod
    def _check_repeated(case: Shorts, colleague: Shorts, colleagues: int) -> None:
        key: Ints = case.astype(np.int64) * colleagues + colleague
        ordered = np.sort(key)
        repeated = ordered[1:][ordered[1:] == ordered[:-1]]
        if len(repeated):
            second = int(np.flatnonzero(key == repeated[0])[1])
            raise MatchingFileError(
                gettext_noop("%(path)s: the pair is listed twice."),
                path=f"pairs[{second}]",
            )
