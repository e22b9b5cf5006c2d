"""Found words marked: escaped HTML with <mark>, the same for both engines."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from search.analysis.folding import spans, words

if TYPE_CHECKING:
    from search.analysis.planner import Planner, QueryPlan

SNIPPET = 220  # letters of a snippet
LONGEST_BODY = 40_000  # letters of a body that are looked through
ELLIPSIS = "…"
HYPHENS = ("-", "\u2010", "\u2011")


class Highlighter:
    """Marks what a plan looks for."""

    def __init__(self, planner: Planner, plan: QueryPlan) -> None:
        self._planner = planner
        self._wanted = {
            token
            for concept in plan.concepts
            for alternative in concept.alternatives
            if alternative.shown
            for token in alternative.tokens
        }

    def title(self, text: str) -> str:
        """The whole text, marked."""
        return self._mark(text, self._found(text), 0, len(text))

    def snippet(self, text: str) -> str:
        """The stretch of `text` with the most found words, marked; its start when there is none."""
        text = text[:LONGEST_BODY]
        found = self._found(text)
        start = _best_start(found)
        if start:
            start = text.find(" ", start) + 1
        end = len(text) if start + SNIPPET >= len(text) else text.rfind(" ", start, start + SNIPPET)
        end = end if end > start else min(len(text), start + SNIPPET)
        marked = self._mark(text, found, start, end)
        before = f"{ELLIPSIS} " if start else ""
        return before + marked + (f" {ELLIPSIS}" if end < len(text) else "")

    def _found(self, text: str) -> list[tuple[int, int]]:
        """Where the found words are; those that a hyphen joins are one."""
        wanted = self._wanted_words(text)
        found: list[tuple[int, int]] = []
        for start, end in spans(text) if wanted else ():
            if text[start:end] not in wanted:
                continue
            joined = found and text[found[-1][1] : start] in HYPHENS
            found.append((found.pop()[0] if joined else start, end))
        return found

    def _wanted_words(self, text: str) -> set[str]:
        """Those of a text's words that the plan looks for, whole or with one of their parts."""
        return {
            word
            for word in set(words(text))
            if (known := self._planner.analysed(word))
            and (known[0] in self._wanted or not self._wanted.isdisjoint(known[1]))
        }

    @staticmethod
    def _mark(text: str, found: list[tuple[int, int]], start: int, end: int) -> str:
        pieces, position = [], start
        for left, right in found:
            if left >= position and right <= end:
                marked = escape(text[left:right])
                pieces += [escape(text[position:left]), f"<mark>{marked}</mark>"]
                position = right
        return "".join([*pieces, escape(text[position:end])])


def _best_start(found: list[tuple[int, int]]) -> int:
    """Where the window with the most found words begins, with some words before the first."""
    best, best_count, right = 0, 0, 0
    for left in range(len(found)):
        right = max(right, left)
        while right < len(found) and found[right][1] - found[left][0] <= SNIPPET - 40:
            right += 1
        if right - left > best_count:
            best, best_count = found[left][0], right - left
    return max(0, best - 60) if best > 120 else 0
