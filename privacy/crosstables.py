"""Suppression of cross tables and facets: counts of people by two dimensions, with totals.

``suppression`` publishes one ordered indicator, "count of n"; this module is for tables with row
and column totals and for lists with a total. The rules (docs/domain.md, C): counts 1-4 are hidden,
a zero is when it shows that a whole small group is alike, a cell that one caseworker dominates is;
then so much more is hidden that nothing hidden follows from what is published; only then counts
are rounded.

A table is read as a graph: rows and columns (totals included) are nodes, each cell is an edge
between its row and its column. What is published determines a hidden cell exactly when its edge
lies on no cycle of hidden edges, so complementary suppression means to close a cycle, by the
cheapest path. A last audit by linear programming uses that no count is negative.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from scipy.optimize import linprog

Reason = Literal["small", "zero", "dominant", "complement"]
THRESHOLD = 5
SMALL_GROUP = 10
DOMINANCE = 0.7
MINIMUM_DENOMINATOR = 20
OPEN_MINIMUM_DENOMINATOR = 30
OPEN_ROUNDING = 5
_ZERO_COST = 10**9


@dataclass(frozen=True, slots=True)
class Cell:
    """A published count, or ``None`` and why it is hidden."""

    value: int | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """What may be shown. ``cells`` is rows by columns; totals stand apart."""

    cells: tuple[tuple[Cell, ...], ...]
    row_totals: tuple[Cell, ...]
    column_totals: tuple[Cell, ...]
    total: Cell


@dataclass(slots=True)
class _Edge:
    """One count between node ``u`` and node ``v``; ``margin`` marks a total."""

    u: str
    v: str
    value: int
    margin: bool
    reason: Reason | None = None


@dataclass(slots=True)
class _Graph:
    """All counts, and each line as its cells and its total (indices into ``edges``)."""

    edges: list[_Edge] = field(default_factory=list)
    lines: list[tuple[tuple[int, ...], int]] = field(default_factory=list)


def suppress(
    counts: Sequence[Sequence[int]],
    *,
    threshold: int = THRESHOLD,
    small_group: int = SMALL_GROUP,
    largest: Sequence[Sequence[int]] | None = None,
    round_to: int | None = None,
) -> Published:
    """Suppress a table of people, rows being groups and columns what became of them.

    ``largest`` gives, cell by cell, how many cases the one caseworker with most has there.
    ``round_to`` rounds what is left (open tables: ``OPEN_ROUNDING``). ``ValueError`` for a ragged
    or negative table and for a threshold below 5, which a unit may raise but not lower.
    """
    _validate(counts, threshold)
    rows, columns = len(counts), len(counts[0])
    graph = _table_graph(counts)
    _hide_primary(graph, threshold)
    _hide_zeros(graph, counts, small_group)
    _hide_dominated(graph, counts, largest)
    _protect(graph, threshold)
    published = [_publish(edge, round_to) for edge in graph.edges]
    lines = [tuple(published[r * (columns + 1) : (r + 1) * (columns + 1)]) for r in range(rows + 1)]
    return Published(
        tuple(line[:-1] for line in lines[:-1]),
        tuple(line[-1] for line in lines[:-1]),
        lines[-1][:-1],
        lines[-1][-1],
    )


def suppress_list(
    counts: Sequence[int], *, threshold: int = THRESHOLD, round_to: int | None = None
) -> tuple[tuple[Cell, ...], Cell]:
    """Suppress counts that stand in one list with their total, as facets do: (cells, total)."""
    _validate([counts], threshold)
    edges = [_Edge("row", "ground", count, margin=False) for count in counts]
    edges.append(_Edge("row", "ground", sum(counts), margin=True))
    graph = _Graph(edges, [(tuple(range(len(counts))), len(counts))])
    _hide_primary(graph, threshold)
    _protect(graph, threshold)
    published = [_publish(edge, round_to) for edge in graph.edges]
    return tuple(published[:-1]), published[-1]


def rate(successes: Cell, n: Cell, *, minimum: int = MINIMUM_DENOMINATOR) -> float | None:
    """Share from published cells, ``None`` when one is hidden or the group is too small.

    Rounded cells give a rate of rounded counts, never a hidden exact one.
    """
    if successes.value is None or n.value is None or n.value < max(1, minimum):
        return None
    return min(1.0, successes.value / n.value)


def _validate(counts: Sequence[Sequence[int]], threshold: int) -> None:
    if threshold < THRESHOLD:
        message = f"the threshold may not be below {THRESHOLD}, got {threshold}"
        raise ValueError(message)
    if not counts or not counts[0] or len({len(row) for row in counts}) != 1:
        raise ValueError("the table needs rows of one length, at least one cell")
    if any(count < 0 for row in counts for count in row):
        raise ValueError("counts cannot be negative")


def _table_graph(counts: Sequence[Sequence[int]]) -> _Graph:
    """Row-major edges with a total at each row's end and a row of totals last."""
    extended = [[*row, sum(row)] for row in counts]
    extended.append([sum(column) for column in zip(*extended, strict=True)])
    height, width = len(extended), len(extended[0])
    edges = [
        _Edge(f"r{r}", f"c{c}", extended[r][c], r == height - 1 or c == width - 1)
        for r in range(height)
        for c in range(width)
    ]
    across = [_line([r * width + c for c in range(width)]) for r in range(height)]
    down = [_line([r * width + c for r in range(height)]) for c in range(width)]
    return _Graph(edges, across + down)


def _line(indices: list[int]) -> tuple[tuple[int, ...], int]:
    return tuple(indices[:-1]), indices[-1]


def _hide_primary(graph: _Graph, threshold: int) -> None:
    for edge in graph.edges:
        if 0 < edge.value < threshold:
            edge.reason = "small"


def _hide_zeros(graph: _Graph, counts: Sequence[Sequence[int]], small_group: int) -> None:
    """A zero in a group under ten tells that everybody there is alike."""
    width = len(counts[0]) + 1
    for r, row in enumerate(counts):
        for c, count in enumerate(row):
            if count == 0 and 0 < sum(row) < small_group:
                graph.edges[r * width + c].reason = "zero"


def _hide_dominated(
    graph: _Graph, counts: Sequence[Sequence[int]], largest: Sequence[Sequence[int]] | None
) -> None:
    if largest is None:
        return
    width = len(counts[0]) + 1
    for r, row in enumerate(counts):
        for c, count in enumerate(row):
            edge = graph.edges[r * width + c]
            if count and edge.reason is None and largest[r][c] > DOMINANCE * count:
                edge.reason = "dominant"


def _protect(graph: _Graph, threshold: int) -> None:
    """Hide more until nothing hidden can be worked out; ends at the latest with all hidden."""
    while True:
        if _hide_beside_small_sums(graph, threshold) or _close_cycles(graph):
            continue
        if not _is_pinned(graph) or not _hide_next(graph, range(len(graph.edges))):
            return


def _hide_beside_small_sums(graph: _Graph, threshold: int) -> bool:
    """Total minus published cells is the sum of the hidden ones: it may not be small either."""
    for cells, total in graph.lines:
        hidden = [index for index in cells if graph.edges[index].reason]
        if not hidden or graph.edges[total].reason:
            continue
        if sum(graph.edges[index].value for index in hidden) < threshold:
            return _hide_next(graph, cells) or _hide(graph, [total])
    return False


def _hide_next(graph: _Graph, candidates: Sequence[int]) -> bool:
    """Hide the smallest count still shown, totals and zeros last."""
    shown = [index for index in candidates if graph.edges[index].reason is None]
    positive = [index for index in shown if graph.edges[index].value]
    pool = positive or shown
    return bool(pool) and _hide(graph, [min(pool, key=lambda i: _cost(graph.edges[i]))])


def _hide(graph: _Graph, indices: Sequence[int]) -> bool:
    for index in indices:
        graph.edges[index].reason = "complement"
    return bool(indices)


def _cost(edge: _Edge) -> int:
    """What it costs to hide a count; a zero protects little, so it is taken last."""
    if edge.reason:
        return 0
    return 1 + edge.value if edge.value else _ZERO_COST


def _close_cycles(graph: _Graph) -> bool:
    """Find a hidden count that alone is determined and hide the cheapest path around it."""
    for index, edge in enumerate(graph.edges):
        if edge.reason and not _path(graph, index, hidden_only=True):
            around = _path(graph, index, hidden_only=False) or []
            return _hide(graph, [i for i in around if graph.edges[i].reason is None])
    return False


def _path(graph: _Graph, skipped: int, *, hidden_only: bool) -> list[int] | None:
    """Cheapest path between the ends of an edge that avoids it (Dijkstra), as edge indices."""
    neighbours = _neighbours(graph, skipped, hidden_only=hidden_only)
    start, goal = graph.edges[skipped].u, graph.edges[skipped].v
    queue: list[tuple[int, int, str, tuple[int, ...]]] = [(0, 0, start, ())]
    done: set[str] = set()
    while queue:
        cost, steps, node, taken = heapq.heappop(queue)
        if node == goal:
            return list(taken)
        if node in done:
            continue
        done.add(node)
        for index, other in neighbours[node]:
            heapq.heappush(
                queue, (cost + _cost(graph.edges[index]), steps + 1, other, (*taken, index))
            )
    return None


def _neighbours(
    graph: _Graph, skipped: int, *, hidden_only: bool
) -> defaultdict[str, list[tuple[int, str]]]:
    neighbours: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for index, edge in enumerate(graph.edges):
        if index != skipped and (edge.reason or not hidden_only):
            neighbours[edge.u].append((index, edge.v))
            neighbours[edge.v].append((index, edge.u))
    return neighbours


def _is_pinned(graph: _Graph) -> bool:
    """Whether some hidden count has one possible value once none may be negative."""
    hidden = [index for index, edge in enumerate(graph.edges) if edge.reason]
    if not hidden or len(hidden) == len(graph.edges):
        return False
    matrix, constants = _equations(graph, hidden)
    return any(high - low < 1 for low, high in _ranges(matrix, constants, len(hidden)))


def _equations(graph: _Graph, hidden: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Each line as: hidden cells minus hidden total = published total minus published cells."""
    position = {index: column for column, index in enumerate(hidden)}
    matrix = np.zeros((len(graph.lines), len(hidden)))
    constants = np.zeros(len(graph.lines))
    for row, (cells, total) in enumerate(graph.lines):
        for index, sign in [*((cell, 1) for cell in cells), (total, -1)]:
            if index in position:
                matrix[row, position[index]] = sign
            else:
                constants[row] -= sign * graph.edges[index].value
    return matrix, constants


def _ranges(
    matrix: np.ndarray, constants: np.ndarray, unknowns: int
) -> Iterator[tuple[float, float]]:
    """Smallest and largest value of each unknown, all being zero or more."""
    for column in range(unknowns):
        goal = np.zeros(unknowns)
        goal[column] = 1
        ends = []
        for sign in (1, -1):
            solved = linprog(sign * goal, A_eq=matrix, b_eq=constants, method="highs")
            ends.append(sign * solved.fun if solved.status == 0 else np.inf)
        yield ends[0], ends[1]


def _publish(edge: _Edge, round_to: int | None) -> Cell:
    if edge.reason:
        return Cell(None, edge.reason)
    if round_to is None:
        return Cell(edge.value)
    return Cell(round_to * round(edge.value / round_to))
