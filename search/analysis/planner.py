"""From what was typed to what is looked for: the one place where a query gets its meaning.

Every word of the query becomes a concept: a set of alternatives (the word, the parts of a
compound, synonyms, the corrected spelling) of which a document needs one. Both engines rank by
the same plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from search.analysis.compounds import Decompounder
from search.analysis.folding import words
from search.analysis.literals import has_digit, quoted, take_codes

if TYPE_CHECKING:
    from search.analysis.lexicon import Lexicon

MOST_WORDS = 16  # of a query; the rest is not looked at
REMEMBERED = 50_000  # words whose tokens are known: a document's words are nearly always old ones

Analysed = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Weights:
    """How much each way of matching counts; tuned on the development judgments (docs/search.md)."""

    word: float = 1.5
    part: float = 1.0
    every_part: float = 1.2
    most_parts: float = 1.0
    some_part: float = 0.35
    synonym: float = 1.0
    phrase_synonym: float = 1.2
    within_phrase: float = 0.6
    corrected: float = 0.9


@dataclass(frozen=True)
class Alternative:
    """Tokens that a document must hold together; `whole`: as words, not as parts of words.

    `shown`: close enough to what was typed to be marked in the answer.
    """

    tokens: tuple[str, ...]
    weight: float
    whole: bool = False
    shown: bool = True


@dataclass(frozen=True)
class Concept:
    """One thing that is asked for; the best alternative counts, the others a little."""

    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class QueryPlan:
    """What a query asks for.

    `doubtful`: its words that the lexicon cannot explain, but those that are meant as they are
    typed.
    """

    words: tuple[str, ...]
    concepts: tuple[Concept, ...]
    doubtful: tuple[str, ...]


class Planner:
    """Makes plans with one lexicon."""

    def __init__(self, lexicon: Lexicon, weights: Weights | None = None) -> None:
        self.lexicon = lexicon
        self.weights = weights or Weights()
        self.decompounder = Decompounder(lexicon)
        self.analysed = lru_cache(maxsize=REMEMBERED)(self._analysed)
        self._by_parts = self._synonyms_by_parts()

    def tokens(self, text: str) -> list[Analysed]:
        """Of a document: each word's token and the tokens of its parts, stop words left out."""
        return [found for word in words(text) if (found := self.analysed(word))]

    def _analysed(self, word: str) -> Analysed | None:
        """One word's token and the tokens of its parts; None for a stop word. Remembered."""
        if self.lexicon.is_stop(word):
            return None
        return self.lexicon.token(word), self.decompounder.split(word)

    def plan(self, query: str, corrections: Mapping[str, str] | None = None) -> QueryPlan:
        """The plan of a query; `corrections` maps a word of it to its likely spelling."""
        codes, rest = take_codes(query)
        spoken = self._without_stop_words(rest)
        corrections = corrections or {}
        concepts, covered = self._phrases([corrections.get(word, word) for word in spoken])
        carrying = self._carrying(spoken, covered)
        for index in carrying:
            word = spoken[index]
            scale = self.weights.within_phrase if index in covered else 1.0
            concepts.append(Concept(tuple(self._word(word, scale, corrections.get(word)))))
        kept = tuple(spoken[index] for index in carrying)
        meant = quoted(query)
        doubtful = tuple(
            word
            for word in kept
            if word not in meant and not has_digit(word) and self._is_doubtful(word)
        )
        concepts += [self._code(code) for code in codes]
        return QueryPlan(kept + tuple(map("-".join, codes)), tuple(concepts), doubtful)

    def _code(self, code: tuple[str, str]) -> Concept:
        """A case code: letters and digits both, since the letters alone are in every code."""
        tokens = tuple(map(self.lexicon.token, code))
        return Concept((Alternative(tokens, self.weights.word, whole=True),))

    def _without_stop_words(self, query: str) -> list[str]:
        spoken = words(query)[:MOST_WORDS]
        return [word for word in spoken if not self.lexicon.is_stop(word)] or spoken

    def _carrying(self, spoken: list[str], covered: set[int]) -> list[int]:
        """Which words carry the query: not the light ones, unless no other is left."""
        indexes = range(len(spoken))
        heavy = [i for i in indexes if i in covered or not self.lexicon.is_light(spoken[i])]
        return heavy or list(indexes)

    def _is_doubtful(self, word: str) -> bool:
        key = (self.lexicon.token(word),)
        return not (
            self.lexicon.lemma_token(key[0])
            or key in self.lexicon.synonyms
            or self.decompounder.covers(word)
        )

    def _word(
        self, word: str, scale: float = 1.0, corrected: str | None = None
    ) -> Iterator[Alternative]:
        weights, token = self.weights, self.lexicon.token(word)
        yield Alternative((token,), weights.word * scale, whole=True)
        yield Alternative((token,), weights.part * scale)
        yield from self._compound(word, scale)
        for synonym in self.synonyms(word):
            yield Alternative(synonym, weights.synonym * scale)
        if corrected:
            yield from self._word(corrected, scale * weights.corrected)

    def _compound(self, word: str, scale: float) -> Iterator[Alternative]:
        """All parts together, two of three or more, and, for little, one or its synonym."""
        weights, parts = self.weights, self.decompounder.split(word)
        if not parts:
            return
        yield Alternative(parts, weights.every_part * scale)
        if len(parts) > 2:
            for pair in combinations(parts, 2):
                yield Alternative(pair, weights.most_parts * scale)
        for part in parts:
            yield Alternative((part,), weights.some_part * scale, shown=False)
            for synonym in self.lexicon.synonyms.get((part,), ()):
                yield Alternative(synonym, weights.some_part * weights.synonym * scale, shown=False)

    def synonyms(self, word: str) -> tuple[tuple[str, ...], ...]:
        """The phrases a word is also searched with."""
        found = self.lexicon.synonyms.get((self.lexicon.token(word),))
        if found is None and self.decompounder.covers(word):
            found = self._by_parts.get(self.decompounder.split(word))
        return found or ()

    def _phrases(self, spoken: list[str]) -> tuple[list[Concept], set[int]]:
        """Concepts of neighbouring words: phrases with synonyms, compounds written apart."""
        concepts: list[Concept] = []
        covered: set[int] = set()
        for start in range(len(spoken)):
            end = self._phrase_end(spoken, start)
            if end:
                concepts.append(self._phrase(spoken[start:end]))
                covered.update(range(start, end))
            joined = self._joined(spoken[start : start + 2])
            if joined:
                concepts.append(Concept(tuple(self._word(joined))))
                covered.update((start, start + 1))
        return concepts, covered

    def _phrase_end(self, spoken: list[str], start: int) -> int:
        """Where the longest phrase with synonyms ends that begins at `start`; 0 for none."""
        key = [self.lexicon.token(word) for word in spoken[start:]]
        for length in range(min(len(key), self.lexicon.longest_phrase), 1, -1):
            if tuple(key[:length]) in self.lexicon.synonyms:
                return start + length
        return 0

    def _phrase(self, spoken: Iterable[str]) -> Concept:
        key = tuple(self.lexicon.token(word) for word in spoken)
        synonyms = self.lexicon.synonyms[key]
        return Concept(
            (
                Alternative(key, self.weights.every_part),
                *(Alternative(other, self.weights.phrase_synonym) for other in synonyms),
            )
        )

    def _joined(self, pair: list[str]) -> str | None:
        """`kontant hjælp` -> `kontanthjælp`: two words that make one the lexicon can explain."""
        if len(pair) < 2:
            return None
        left, right = pair
        tokens = (self.lexicon.token(left), self.lexicon.token(right))
        for link in ("", "s", "e"):
            word = left + link + right
            known = not self._is_doubtful(word)
            if known and self.decompounder.split(word) in ((), tokens):
                return word
        return None

    def _synonyms_by_parts(self) -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The synonyms of compounds, so that one with a wrong linking letter has them too."""
        found: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
        for keys, _ in self.lexicon.rules:
            for key in keys:
                parts = self.decompounder.split(key) if len(words(key)) == 1 else ()
                if parts:
                    found.setdefault(parts, self.lexicon.synonyms[self.lexicon.phrase(key)])
        return found
