"""Tags a story could have: those that colleagues use already, and that its text speaks of. Pure.

The words are compared by the search's own Danish analysis, so that `praktikpladser` suggests
`praktik`. Only tags of published stories are asked for: a draft's words are its author's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from search.analysis.compounds import Decompounder
from search.analysis.folding import plain, words
from search.analysis.lexicon import default_lexicon
from search.analysis.stemmer import stem

MOST = 6
SHORTEST = 3


@lru_cache(maxsize=1)
def _decompounder() -> Decompounder:
    return Decompounder(default_lexicon())


def _tokens(text: str) -> Iterable[str]:
    """The stem of each word, and those of its parts."""
    for word in words(text):
        folded = plain(word)
        if len(folded) >= SHORTEST:
            yield default_lexicon().lemma_token(folded) or stem(folded)
            yield from _decompounder().split(word)


def suggest(text: str, tags: Iterable[tuple[str, int]], *, has: Iterable[str] = ()) -> list[str]:
    """At most six of `tags` (name, how many use it) whose every word is in the text.

    What the text says most often comes first, then what most stories use.
    """
    said = Counter(_tokens(text))
    present = {name.casefold() for name in has}
    found = []
    for name, uses in tags:
        wanted = [default_lexicon().lemma_token(f) or stem(f) for f in _folded(name)]
        if wanted and name.casefold() not in present and all(said[token] for token in wanted):
            found.append((-min(said[token] for token in wanted), -uses, name))
    return [name for _said, _uses, name in sorted(found)[:MOST]]


def _folded(name: str) -> list[str]:
    return [plain(word) for word in words(name)]
