"""How the PostgreSQL engine ranks: as Elasticsearch does, by rarity, place and length.

`ts_rank` alone knows no rarity of words. So the readable documents that hold any concept are
counted per token (a sample when there are many), the best are taken by the concepts they hold,
and those are scored exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.analysis.planner import Alternative, Concept, QueryPlan

CONCEPT_TIE = 0.3  # of a concept's alternatives, what the weaker ones add
# Weights of D, C, B, A: parts in the body, parts in the title, words in the body, in the title.
WHOLE_WEIGHTS = [0.0, 0.0, 0.75, 1.0]
PART_WEIGHTS = [0.75, 1.0, 0.75, 1.0]
BY_LENGTH = 1  # ts_rank's normalisation: divided by 1 + the logarithm of the length


def tokens_of(plan: QueryPlan) -> list[str]:
    """Every token a plan looks for, once."""
    found = (t for c in plan.concepts for a in c.alternatives for t in a.tokens)
    return list(dict.fromkeys(found))


def rarity(documents: int, having: int) -> float:
    """BM25's inverse document frequency."""
    having = min(having, documents)
    return log(1 + (documents - having + 0.5) / (having + 0.5))


def score(
    plan: QueryPlan,
    idf: Mapping[str, float],
    whole: Mapping[str, float],
    part: Mapping[str, float],
) -> float:
    """The score of one document from its tokens' ranks as words and as words or parts."""
    return sum(_concept(concept, idf, whole, part) for concept in plan.concepts)


def _concept(
    concept: Concept,
    idf: Mapping[str, float],
    whole: Mapping[str, float],
    part: Mapping[str, float],
) -> float:
    found = [_alternative(a, idf, whole if a.whole else part) for a in concept.alternatives]
    best = max(found, default=0.0)
    return best + CONCEPT_TIE * (sum(found) - best)


def _alternative(
    alternative: Alternative, idf: Mapping[str, float], ranks: Mapping[str, float]
) -> float:
    held = [ranks[token] * idf[token] for token in alternative.tokens]
    if not all(held):
        return 0.0
    return alternative.weight * sum(held) / len(held) ** 0.5


def concept_rarity(concepts: Sequence[Concept], idf: Mapping[str, float]) -> list[float]:
    """What holding a concept is worth when the best documents are picked."""
    return [max(idf[a.tokens[0]] * a.weight for a in c.alternatives) for c in concepts]
