"""Danish compounds taken apart: `sygedagpengemodtagere` -> syge + dagpenge + modtagere.

A split must cover the whole word with known parts (with the linking letters s, e and er between
them), so that a long word list does no harm: `ansvar` is not an + svar. When only the head or the
front of a word is known (`mikropraktik`), the remainder is kept as a part of its own.
"""

from __future__ import annotations

from functools import lru_cache

from search.analysis.folding import fold, plain
from search.analysis.lexicon import ENDINGS, Lexicon
from search.analysis.stemmer import stem

SHORTEST_WORD, LONGEST_WORD = 6, 60  # letters of a word that is taken apart
SHORTEST_PART = 3
SHORTEST_KNOWN = 5  # of the known half, when the other half is unknown
SHORTEST_UNKNOWN = 4
LINKS = ("s", "e", "er")


class Decompounder:
    """Splits words by a lexicon; all work is on folded letters, so `loentimer` splits too."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._joining = _joining_forms(lexicon)
        self.split = lru_cache(maxsize=100_000)(self._split)

    def _split(self, word: str) -> tuple[str, ...]:
        """The tokens of a word's parts; () when the list has the word itself or no part of it."""
        folded = plain(word)
        if not self._has_length(folded) or folded in self._lexicon.lemmas:
            return ()
        return self.cover(folded) or self._partly(folded)

    def covers(self, word: str) -> bool:
        """Whether the list explains every letter of a compound."""
        folded = plain(word)
        return self._has_length(folded) and bool(self.cover(folded))

    @staticmethod
    def _has_length(folded: str) -> bool:
        return SHORTEST_WORD <= len(folded) <= LONGEST_WORD

    def _last(self, folded: str) -> str | None:
        """The token of a listed word in any inflection."""
        return self._lexicon.lemma_token(folded) if len(folded) >= SHORTEST_PART else None

    def cover(self, word: str) -> tuple[str, ...]:
        """The cover with the fewest parts; of two, the one with the longer first part."""
        best: list[tuple[str, ...] | None] = [None] * (len(word) + 1)
        for start in range(len(word) - SHORTEST_PART, -1, -1):
            last = self._last(word[start:]) if start else None
            candidates: list[tuple[str, ...]] = [(last,)] if last else []
            for end in range(len(word) - SHORTEST_PART, start + SHORTEST_PART - 1, -1):
                rest, part = best[end], self._joining.get(word[start:end])
                if rest is not None and part is not None:
                    candidates.append((part, *rest))
            best[start] = min(candidates, key=len) if candidates else None
        return best[0] or ()

    def _partly(self, word: str) -> tuple[str, ...]:
        """Known head and unknown front, else known front and unknown head; the longest known."""
        for start in range(SHORTEST_UNKNOWN, len(word) - SHORTEST_KNOWN + 1):
            head = self._last(word[start:])
            if head:
                return (stem(word[:start]), head)
        for end in range(len(word) - SHORTEST_UNKNOWN, SHORTEST_KNOWN - 1, -1):
            front = self._joining.get(word[:end])
            if front and word[end:] not in ENDINGS:
                return (front, stem(word[end:]))
        return ()


def _joining_forms(lexicon: Lexicon) -> dict[str, str]:
    """How a word may look before another one: with a linking s, e or er, or without its final e."""
    forms: dict[str, str] = {}
    for word in map(fold, lexicon.parts):
        bases = [word, word[:-1]] if word.endswith("e") and len(word) > 4 else [word]
        for base in bases:
            for link in ("", *LINKS):
                forms.setdefault(base + link, lexicon.token(word))
    forms.update({fold(word): lexicon.token(word) for word in lexicon.parts})
    return {form: part for form, part in forms.items() if len(form) >= SHORTEST_PART}
