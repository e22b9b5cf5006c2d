"""How much an unknown word looks like a name: letter groups of our names against our words.

A naive Bayes score over groups of two to four letters, learned from the lists in ``data/`` when
first asked. Used only for words that neither the lexicon nor the name lists know.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from . import lexicon

_SIZES = (2, 3, 4)


def _letter_groups(word: str) -> list[str]:
    framed = f"^{word}$"
    return [framed[i : i + size] for size in _SIZES for i in range(len(framed) - size + 1)]


def _count(words: Iterable[str]) -> Counter[str]:
    return Counter(chain.from_iterable(map(_letter_groups, words)))


@lru_cache(maxsize=1)
def _weights() -> tuple[dict[str, float], float]:
    """Log-odds of each letter group, and the log-odds of one never seen."""
    names = _count((lexicon.first_names() | lexicon.last_names()) - lexicon.ambiguous())
    words = _count(lexicon.lemmas())
    scale = math.log((words.total() + 1) / (names.total() + 1))
    weights = {
        group: math.log((names[group] + 0.5) / (words[group] + 0.5)) + scale
        for group in names.keys() | words.keys()
    }
    return weights, scale


@lru_cache(maxsize=8192)
def name_likeness(word: str) -> float:
    """Mean log-odds for a lower-case word: above 0 it is built more like a name than a word."""
    weights, unseen = _weights()
    groups = _letter_groups(word[:40])
    return sum(weights.get(group, unseen) for group in groups) / len(groups)
