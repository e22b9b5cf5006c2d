"""Generated Danish text: the editors' words, their compounds and inflections, as often as in life.

The same seed gives the same documents, so that every engine is asked about the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from search.analysis.lexicon import Lexicon, inflections
from search.engines.base import Document

WORDS = 20_000  # different ones
BODY = (60, 160)  # words of a document
TITLE = (3, 7)
ACTIONS = ("company", "course", "health", "talk", "community", "mentor")
THEMES = tuple(f"Tema {number}" for number in range(1, 10))
SYLLABLES = ("ar", "be", "sam", "vir", "ke", "lig", "tal", "for", "ind", "ud", "ster", "gren",
             "mod", "sne", "blom", "kyst", "hav", "bro", "lund", "dal", "fjel", "nat")  # fmt: skip
FIRST_DAY = date(2020, 1, 1)
# Access tokens: every employee, one municipality, one unit.
READER = frozenset({"open", "login", "municipality:3", "unit:12", "employee:77"})


class Corpus:
    """Documents by number, and queries about them."""

    def __init__(self, lexicon: Lexicon, seed: int = 1) -> None:
        random = np.random.default_rng(seed)
        self.words = _vocabulary(lexicon, random)
        rank = np.arange(1, len(self.words) + 1)
        self._share = (1 / rank) / (1 / rank).sum()
        self._seed = seed

    def documents(self, count: int, first: int = 0) -> Iterator[Document]:
        """`count` documents with numbers from `first` on."""
        for start in range(first, first + count, 1000):
            random = np.random.default_rng((self._seed, start))
            for number in range(start, min(start + 1000, first + count)):
                yield self._document(number, random)

    def _document(self, number: int, random: np.random.Generator) -> Document:
        day = FIRST_DAY + timedelta(days=number % 2_400)
        return Document(
            id=f"bench:{number}",
            type=("story", "publication", "event", "method")[number % 4],
            title=self._text(random, *TITLE).capitalize(),
            body=self._text(random, *BODY),
            url=f"/bench/{number}/",
            topics=(THEMES[number % 9],),
            action_kinds=(ACTIONS[number % 6],),
            municipality=f"Kommune {number % 98}",
            year=day.year,
            published=day,
            acl=frozenset({_acl(number)}),
            version=1,
        )

    def _text(self, random: np.random.Generator, least: int, most: int) -> str:
        picked = random.choice(len(self.words), size=random.integers(least, most), p=self._share)
        return " ".join(self.words[number] for number in picked)

    def queries(self, count: int) -> list[str]:
        """One to three words, neither the commonest nor the rarest; each tenth is misspelt."""
        random = np.random.default_rng((self._seed, 99))
        usual = self.words[30:4_000]
        found = []
        for number in range(count):
            picked = random.choice(len(usual), size=random.integers(1, 4))
            typed = [usual[place] for place in picked]
            if number % 10 == 0 and len(typed[0]) > 5:
                typed[0] = typed[0][:2] + typed[0][3:]
            found.append(" ".join(typed))
        return found


def _acl(number: int) -> str:
    """The token of a document: 70 % for every employee, the rest for a municipality or unit."""
    if number % 10 < 7:
        return "login"
    return f"municipality:{number % 98}" if number % 10 < 9 else f"unit:{number % 300}"


def _vocabulary(lexicon: Lexicon, random: np.random.Generator) -> list[str]:
    """Commonest first: the editors' words, then inflections and compounds, then rare words."""
    known = list(lexicon.vocabulary)
    words = dict.fromkeys(known)
    for word in known:
        words.update(dict.fromkeys(list(inflections(word))[:3]))
    while len(words) < WORDS // 2:
        front, head = random.choice(len(known), size=2)
        words[known[front] + known[head]] = None
    while len(words) < WORDS:
        picked = random.choice(len(SYLLABLES), size=random.integers(2, 5))
        words["".join(SYLLABLES[place] for place in picked)] = None
    return list(words)
