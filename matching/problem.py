"""The matching problem as arrays: who may talk with whom, how well it fits, who is free when.

Affinities are whole millionths (docs/decisions/0005-matching-one-flow.md), so every optimum,
price and certificate in this package is exact integer arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from matching.limits import Limits

Ints = npt.NDArray[np.int64]
Indices = npt.NDArray[np.signedinteger[Any]]
Shorts = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
Ident = int | str

SCALE = 1_000_000
"""Units of one whole affinity."""
STAY_BONUS = 20_000
"""What an agreed pair is worth on top of its affinity: 0.02."""
BEST_PAIRS = 30
"""Pairs per case the flow starts with; the rest is priced and added where it would help."""
SPREAD_PAIRS = 10
"""Further pairs per case to start with, spread over all, lest everybody's best are the same few."""
MAX_LOAD_WEIGHT = 100.0
_CHUNK = 400_000


@dataclass(frozen=True, slots=True)
class RawPairs:
    """Pairs as they come, in any order: three arrays of one length, affinity in millionths."""

    case: Shorts
    colleague: Shorts
    affinity: Shorts


@dataclass(frozen=True, slots=True)
class Problem:
    """One matching problem; n cases, m colleagues, p usable pairs, s slots.

    Pairs lie case by case (`start[i]:start[i + 1]`), best affinity first, ties by colleague.
    The hard rules have already removed pairs: an owner with the own case, and a pair without one
    slot that is free for the case, its owner and the colleague (kept in `timeless`, since they
    help to say who is full).
    """

    case_ids: Sequence[Ident]
    colleague_ids: Sequence[Ident]
    capacity: Ints
    """Most partner seats of each colleague, shape (m,)."""
    owner: Shorts
    """Colleague who owns each case, or -1, shape (n,)."""
    need: Ints
    """Partners each case wants, shape (n,)."""
    colleague_free: Bools
    """Free slots, shape (m, s)."""
    session_free: Bools
    """Slots free for the case and its owner, shape (n, s)."""
    slot_numbers: Ints
    """The slot number outside of each of the s columns."""
    start: Ints
    pair_case: Shorts
    pair_colleague: Shorts
    affinity: Shorts
    agreed: Bools
    timeless: RawPairs
    load_weight: float
    limits: Limits | None = None
    """What people want at most in every role; None where only the capacities bind."""

    @property
    def cases(self) -> int:
        return len(self.need)

    @property
    def colleagues(self) -> int:
        return len(self.capacity)

    @property
    def gain(self) -> Ints:
        """Affinity plus the stay bonus, per pair."""
        return self.affinity.astype(np.int64) + STAY_BONUS * self.agreed

    def row(self, case: int) -> slice:
        return slice(int(self.start[case]), int(self.start[case + 1]))


def build_problem(
    *,
    case_ids: Sequence[Ident],
    colleague_ids: Sequence[Ident],
    capacity: Ints,
    owner: Shorts,
    need: Ints,
    colleague_free: Bools,
    case_free: Bools,
    pairs: RawPairs,
    agreed: Sequence[tuple[int, int]] = (),
    load_weight: float = 0.8,
    slot_numbers: Ints | None = None,
    limits: Limits | None = None,
) -> Problem:
    """Sort the pairs, leave out what the hard rules forbid, mark what is agreed.

    `case_free` is the case's own calendar; the owner's hours come on top here. Agreed pairs that
    are no longer allowed are forgotten. Ids are kept as they are, everything else is by index.
    """
    session_free = case_free & _owner_free(owner, colleague_free)
    pairs = _without(pairs, pairs.colleague == owner[pairs.case])
    common = _have_common_slot(pairs, session_free, colleague_free)
    timeless = _without(pairs, common)
    usable = _sorted_pairs(_without(pairs, ~common), len(need), len(capacity))
    start = np.zeros(len(need) + 1, np.int64)
    np.cumsum(np.bincount(usable.case, minlength=len(need)), out=start[1:])
    numbers = np.arange(case_free.shape[1]) if slot_numbers is None else slot_numbers
    return Problem(
        case_ids=case_ids,
        colleague_ids=colleague_ids,
        capacity=capacity.astype(np.int64),
        owner=owner.astype(np.int32),
        need=need.astype(np.int64),
        colleague_free=colleague_free,
        session_free=session_free,
        slot_numbers=numbers.astype(np.int64),
        start=start,
        pair_case=usable.case,
        pair_colleague=usable.colleague,
        affinity=usable.affinity,
        agreed=_agreed_mask(usable, start, agreed),
        timeless=timeless,
        load_weight=load_weight,
        limits=limits,
    )


def _owner_free(owner: Shorts, colleague_free: Bools) -> Bools:
    everyone_free = np.ones((1, colleague_free.shape[1]), bool)
    return np.concatenate([colleague_free, everyone_free])[owner]


def _without(pairs: RawPairs, dropped: Bools) -> RawPairs:
    if not dropped.any():
        return pairs
    kept = ~dropped
    return RawPairs(pairs.case[kept], pairs.colleague[kept], pairs.affinity[kept])


def _have_common_slot(pairs: RawPairs, session_free: Bools, colleague_free: Bools) -> Bools:
    """Which pairs share a slot, on bit-packed calendars and in chunks, to spare memory."""
    sessions, people = _packed(session_free), _packed(colleague_free)
    common = np.empty(len(pairs.case), bool)
    for begin in range(0, len(common), _CHUNK):
        part = slice(begin, begin + _CHUNK)
        both = np.zeros(len(common[part]), np.uint64)
        for word in range(sessions.shape[1]):
            both |= sessions[pairs.case[part], word] & people[pairs.colleague[part], word]
        common[part] = both != 0
    return common


def _packed(free: Bools) -> npt.NDArray[np.uint64]:
    """Calendars as 64-bit words, shape (people, ceil(s / 64))."""
    words = -(-free.shape[1] // 64)
    padded = np.zeros((free.shape[0], words * 64), bool)
    padded[:, : free.shape[1]] = free
    return np.packbits(padded, axis=1).view(np.uint64)


def _sorted_pairs(pairs: RawPairs, cases: int, colleagues: int) -> RawPairs:
    """By case, best affinity first, then colleague: one in-place sort of packed keys."""
    low = max(colleagues, 1).bit_length()
    if cases.bit_length() + 20 + low > 62:
        raise ValueError("too many cases and colleagues for one matching problem")
    key = pairs.case.astype(np.int64) << (20 + low)
    key |= (SCALE - pairs.affinity).astype(np.int64) << low
    key |= pairs.colleague
    key.sort()
    colleague = (key & ((1 << low) - 1)).astype(np.int32)
    key >>= low
    affinity = (SCALE - (key & ((1 << 20) - 1))).astype(np.int32)
    key >>= 20
    return RawPairs(key.astype(np.int32), colleague, affinity)


def _agreed_mask(pairs: RawPairs, start: Ints, agreed: Sequence[tuple[int, int]]) -> Bools:
    mask = np.zeros(len(pairs.case), bool)
    for case, colleague in agreed:
        row = slice(int(start[case]), int(start[case + 1]))
        mask[row] |= pairs.colleague[row] == colleague
    return mask
