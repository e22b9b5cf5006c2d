"""Did you mean: an unknown word is also searched in its likely spelling.

Only words of documents the user may read are suggested, and whether a word is known is decided
under the user's own filter: otherwise the answer would reveal words of restricted documents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from search.analysis.spelling import nearest

if TYPE_CHECKING:
    from search.analysis.planner import Planner, QueryPlan


class Probe(Protocol):
    """An engine's word counts, over documents the user may read only."""

    def unknown(self, words: Sequence[str]) -> list[str]:
        """Those of `words` that no readable document has, in any inflection."""

    def similar(self, words: Sequence[str]) -> Mapping[str, list[tuple[str, int]]]:
        """Word -> similar words of readable documents, with the number of those documents."""


def understand(planner: Planner, query: str, probe: Probe) -> tuple[QueryPlan, tuple[str, ...]]:
    """The plan of a query, and the corrected query when one is searched too (to be shown)."""
    plan = planner.plan(query)
    unknown = probe.unknown(plan.doubtful) if plan.doubtful else []
    if not unknown:
        return plan, ()
    seen = probe.similar(unknown)
    listed = [(word, 0) for word in planner.lexicon.vocabulary]
    meant = {
        word: found for word in unknown if (found := nearest(word, [*seen.get(word, []), *listed]))
    }
    if not meant:
        return plan, ()
    readable = {word for candidates in seen.values() for word, _ in candidates}
    shown = query
    for word, found in meant.items():
        if found in readable:
            shown = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", found, shown)
    return planner.plan(query, meant), (shown,) if shown != query else ()
