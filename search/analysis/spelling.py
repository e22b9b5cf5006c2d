"""Near spellings: how far apart two words are, and which of many is the nearest."""

from __future__ import annotations

from collections.abc import Iterable

from search.analysis.folding import plain

SHORTEST = 4  # a word of three letters is near to everything


def allowed(word: str) -> int:
    """How many slips of the finger a word of this length may hold."""
    if len(word) < SHORTEST:
        return 0
    return 1 if len(word) < 8 else 2


def distance(left: str, right: str, limit: int) -> int:
    """Letters added, dropped, changed or swapped with a neighbour; `limit` + 1 when more."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before, last = last, row
    return last[-1]


def nearest(word: str, candidates: Iterable[tuple[str, int]]) -> str | None:
    """The candidate nearest to `word`: fewest slips, same first letter, most frequent.

    `candidates` are (word, documents it is in). Folded letters are compared, so a missing ring or
    stroke is no slip. None when all are too far away.
    """
    folded = plain(word)
    letters = set(folded)
    limit = allowed(folded)
    best: tuple[tuple[int, bool, int, str], str] | None = None
    for candidate, count in candidates if limit else ():
        other = plain(candidate)
        if len(letters.symmetric_difference(other)) > 2 * limit:
            continue  # a slip takes one letter away and brings one at most: spares the counting
        slips = distance(folded, other, limit) if len(other) >= SHORTEST else 0
        if 0 < slips <= limit:
            rank = (slips, other[0] != folded[0], -count, candidate)
            best = min(best, (rank, candidate)) if best else (rank, candidate)
            limit = best[0][0]  # a word with more slips cannot win any more
    return best[1] if best else None
