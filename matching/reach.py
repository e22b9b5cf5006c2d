"""Which colleagues can be reached from which in a match, as bit sets (whole numbers, bit j = j).

There is an arrow from j to k if some case served by j could go to k instead. Colleagues that
reach each other share one set, so that thousands of waiting cases cost little more than one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matching.problem import Bools, Ints, Problem


def closures(problem: Problem, chosen: Ints) -> list[int]:
    """For every colleague the set of those that can be reached, the colleague included."""
    arrows = _arrows(problem, chosen)
    forward, backward = _bit_rows(arrows), _bit_rows(arrows.T)
    closure = [0] * problem.colleagues
    for component in reversed(_components(forward, backward)):
        leading = reached = 0
        for colleague in component:
            leading |= forward[colleague]
            reached |= 1 << colleague
        while rest := leading & ~reached:
            reached |= closure[_lowest(rest)]
        for colleague in component:
            closure[colleague] = reached
    return closure


def mask_of(flags: Bools) -> int:
    """A vector of flags as a bit set: bit j is set where flag j is true."""
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def members(mask: int, size: int) -> Bools:
    """The other way round: a bit set as a vector of `size` flags."""
    raw = np.frombuffer(mask.to_bytes(-(-size // 8), "little"), np.uint8)
    return np.unpackbits(raw, bitorder="little", count=size).astype(bool)


def _arrows(problem: Problem, chosen: Ints) -> Bools:
    """Matrix (m, m): who could take over from whom."""
    arrows = np.zeros((problem.colleagues, problem.colleagues), bool)
    other = np.ones(len(problem.affinity), bool)
    other[chosen] = False
    case, at = problem.pair_case[chosen], problem.pair_colleague[chosen]
    seat = np.arange(len(chosen)) - np.searchsorted(case, case)
    for number in range(int(seat.max(initial=-1)) + 1):
        holder = np.full(problem.cases, -1, np.int64)
        holder[case[seat == number]] = at[seat == number]
        pairs = other & (holder[problem.pair_case] >= 0)
        arrows[holder[problem.pair_case[pairs]], problem.pair_colleague[pairs]] = True
    return arrows


def _bit_rows(matrix: Bools) -> list[int]:
    packed = np.packbits(matrix, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in packed]


def _lowest(mask: int) -> int:
    return (mask & -mask).bit_length() - 1


def _components(forward: list[int], backward: list[int]) -> list[list[int]]:
    """Strongly connected components, sources first (Kosaraju's algorithm)."""
    unseen = (1 << len(forward)) - 1
    order: list[int] = []
    while unseen:
        unseen = _walk(forward, _lowest(unseen), unseen, order)
    components: list[list[int]] = []
    unseen = (1 << len(forward)) - 1
    for colleague in reversed(order):
        if unseen >> colleague & 1:
            component: list[int] = []
            unseen = _walk(backward, colleague, unseen, component)
            components.append(component)
    return components


def _walk(arrows: list[int], root: int, unseen: int, finished: list[int]) -> int:
    """Depth first from the root; appends in order of finishing, returns who is still unseen."""
    path = [root]
    unseen &= ~(1 << root)
    while path:
        ahead = arrows[path[-1]] & unseen
        if ahead:
            path.append(_lowest(ahead))
            unseen &= ~(1 << path[-1])
        else:
            finished.append(path.pop())
    return unseen
