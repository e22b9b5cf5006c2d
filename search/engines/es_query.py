"""The only query builder of the Elasticsearch engine; it always adds the access filter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from elasticsearch.dsl import A, Q, Search

from search.analysis.folding import plain, words
from search.engines.base import NEWEST, TITLE, SearchRequest

if TYPE_CHECKING:
    from elasticsearch.dsl.query import Query

    from search.analysis.planner import Alternative, Concept, QueryPlan

TITLE_BOOST = 1.3  # a word in the title counts that much more
FIELD_TIE = 0.4  # of title and body, what the weaker adds
CONCEPT_TIE = 0.3  # of a concept's alternatives, what the weaker ones add
MOST_VALUES = 100  # of a facet
PINNED_BOOST = 100_000.0  # far above what words can score


def readable(acl: frozenset[str]) -> Query:
    """The access filter of every query."""
    return Q("terms", acl=sorted(acl))


def ranked(plan: QueryPlan) -> Query:
    """Documents that hold any concept; every concept adds to the score."""
    return Q(
        "bool", should=[_concept(concept) for concept in plan.concepts], minimum_should_match=1
    )


def _concept(concept: Concept) -> Query:
    alternatives = [_alternative(alternative) for alternative in concept.alternatives]
    return Q("dis_max", queries=alternatives, tie_breaker=CONCEPT_TIE)


def _alternative(alternative: Alternative) -> Query:
    kind = "words" if alternative.whole else "parts"
    boost = alternative.weight / len(alternative.tokens) ** 0.5
    found = [_token(token, kind, boost) for token in alternative.tokens]
    return found[0] if len(found) == 1 else Q("bool", must=found)


def _token(token: str, kind: str, boost: float) -> Query:
    title = Q("term", **{f"title_{kind}": {"value": token, "boost": boost * TITLE_BOOST}})
    body = Q("term", **{f"body_{kind}": {"value": token, "boost": boost}})
    return Q("dis_max", queries=[title, body], tie_breaker=FIELD_TIE)


def page(search: Search, request: SearchRequest, plan: QueryPlan) -> Search:
    """The search of one page of answers, with facets."""
    asked = [_with_pinned(ranked(plan), request.pinned)] if plan.concepts else []
    hidden = [Q("ids", values=list(request.hidden))] if request.hidden else []
    search = search.query("bool", filter=[readable(request.acl)], must=asked, must_not=hidden)
    chosen = {name: Q("terms", **{name: list(v)}) for name, v in request.filters.items() if v}
    for name in request.facets:
        others = [query for other, query in chosen.items() if other != name]
        aggregation = A("filter", filter=Q("bool", filter=others))
        aggregation.bucket("values", "terms", field=name, size=MOST_VALUES)
        search.aggs.bucket(name, aggregation)
    if chosen:
        # Chosen facets filter after the counting; access is filtered before.
        search = search.post_filter("bool", filter=list(chosen.values()))
    search = search.extra(track_total_hits=True, from_=request.offset, size=request.size)
    return search.sort(*_order(request, plan))


def _with_pinned(asked: Query, pinned: Sequence[str]) -> Query:
    """The query, or one of the pinned documents, which come first in their order."""
    if not pinned:
        return asked
    first = [
        Q("constant_score", filter=Q("ids", values=[key]), boost=PINNED_BOOST * (len(pinned) - n))
        for n, key in enumerate(pinned)
    ]
    return Q("bool", should=[asked, *first], minimum_should_match=1)


def _order(request: SearchRequest, plan: QueryPlan) -> list[Any]:
    newest = {"published": {"order": "desc", "missing": "_last"}}
    title = {"title_sort": {"order": "asc", "missing": "_last"}}
    if request.sort == TITLE:
        return [title, "version"]
    if request.sort == NEWEST or not plan.concepts:
        return [newest, title, "version"]
    return ["_score", newest, title, "version"]


def beginnings(prefix: str) -> Query:
    """Titles in which every typed word begins a word."""
    typed = " ".join(plain(word) for word in words(prefix))
    return Q("match", suggest={"query": typed, "operator": "and"})


def has_token(token: str) -> Query:
    """Documents with the word, in any inflection, alone or as a part."""
    return Q("terms", title_parts=[token]) | Q("terms", body_parts=[token])


def counting(search: Search, acl: frozenset[str], queries: dict[str, Query]) -> Search:
    """How many readable documents each of the named queries finds."""
    search = search.query("bool", filter=[readable(acl)]).extra(size=0)
    search.aggs.bucket("found", "filters", filters=queries)
    return search


def likeness(concrete: str, doc_id: str) -> Query:
    """Documents with the characteristic words of another one."""
    return Q(
        "more_like_this",
        fields=["title_parts", "body_parts"],
        like=[{"_index": concrete, "_id": doc_id}],
        min_term_freq=1,
        min_doc_freq=1,
        max_query_terms=25,
        minimum_should_match="10%",
    )


def same_topics(topics: Iterable[str]) -> Query:
    """A small push for documents of the same theme."""
    return Q("constant_score", filter=Q("terms", topics=list(topics)), boost=2)
