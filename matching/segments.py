"""Row-wise reductions over arrays that are grouped by case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matching.problem import Bools, Indices, Ints


def row_starts(groups: Indices, rows: int) -> Ints:
    """Where each row begins in a sorted array of row numbers; shape (rows + 1,)."""
    start = np.zeros(rows + 1, np.int64)
    np.cumsum(np.bincount(groups, minlength=rows), out=start[1:])
    return start


def row_max(values: Ints, start: Ints, empty: int) -> Ints:
    """The largest value of each row; `empty` for a row without values."""
    result = np.full(len(start) - 1, empty, np.int64)
    filled = np.flatnonzero(start[1:] > start[:-1])
    if len(filled):
        result[filled] = np.maximum.reduceat(values, start[filled])
    return result


def spread_in_rows(start: Ints, count: int) -> Bools:
    """About `count` entries of each row, evenly spread from a place that differs by row."""
    mask = np.zeros(int(start[-1]), bool)
    rows = np.flatnonzero(start[1:] > start[:-1])
    begin, length = start[rows], np.diff(start)[rows]
    first = rows * 7919  # a prime: neighbouring rows begin far apart
    for step in range(count):
        mask[begin + (first + step * length // count) % length] = True
    return mask


def first_in_rows(start: Ints, allowed: Bools, most: int) -> Bools:
    """The first `most` allowed entries of each row, as a mask."""
    rank: Ints = np.cumsum(allowed)
    before = np.concatenate([[0], rank])[start[:-1]]
    return allowed & (rank - np.repeat(before, np.diff(start)) <= most)
