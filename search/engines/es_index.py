"""Settings and mapping of an Elasticsearch index, and a document's shape in it.

The Danish analysis runs in Python (docs/decisions/0006-search-two-engines.md): Elasticsearch gets
tokens, so its analysers only have to split at spaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from search.analysis.folding import plain, sort_key, words
from search.engines.base import FACETS, Document, digest

if TYPE_CHECKING:
    from search.analysis.planner import Planner

LONGEST_TOKEN = 200  # letters; longer "words" are noise from uploaded files


def settings(*, shards: int, replicas: int) -> dict[str, Any]:
    """Index settings."""
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "1s",
        "analysis": {
            "filter": {"edge": {"type": "edge_ngram", "min_gram": 1, "max_gram": 20}},
            "analyzer": {
                "tokens": {"type": "custom", "tokenizer": "whitespace", "filter": []},
                "beginnings": {"type": "custom", "tokenizer": "whitespace", "filter": ["edge"]},
            },
        },
        "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.6}},
    }


def mapping() -> dict[str, Any]:
    """Fields; an unknown one is an error."""
    tokens = {"type": "text", "analyzer": "tokens", "index_options": "freqs"}
    kept = {"type": "keyword", "index": False, "doc_values": False}
    return {
        "dynamic": "strict",
        "properties": {
            "title": kept,
            "url": kept,
            "body": {"type": "text", "index": False},
            "title_words": tokens,
            "title_parts": {**tokens, "term_vector": "yes"},
            "body_words": tokens,
            "body_parts": {**tokens, "term_vector": "yes"},
            "words": tokens,
            "suggest": {"type": "text", "analyzer": "beginnings", "search_analyzer": "tokens"},
            "title_sort": {"type": "keyword"},
            **{name: {"type": "keyword"} for name in FACETS},
            "published": {"type": "date"},
            "acl": {"type": "keyword"},
            "deleted": {"type": "boolean"},
            "version": {"type": "long"},
        },
    }


def source(planner: Planner, document: Document) -> dict[str, Any]:
    """What is stored of a document."""
    title, body = planner.tokens(document.title), planner.tokens(document.body)
    spoken = {word.lower() for word in words(f"{document.title} {document.body}")}
    return {
        "title": document.title,
        "url": document.url,
        "body": document.body,
        "title_words": _text(token for token, _ in title),
        "title_parts": _text(part for token, parts in title for part in (token, *parts)),
        "body_words": _text(token for token, _ in body),
        "body_parts": _text(part for token, parts in body for part in (token, *parts)),
        "words": _text(sorted(spoken)),
        "suggest": suggestible(planner, document.title),
        "title_sort": sort_key(document.title),
        **{name: list(values) for name, values in document.facets.items()},
        "published": document.published.isoformat() if document.published else None,
        "acl": sorted(document.acl),
        "deleted": False,
        "version": document.version,
    }


def digest_of(stored: dict[str, Any]) -> str:
    """`Document.digest` of what is stored."""
    facets = {name: stored[name] for name in FACETS if stored.get(name)}
    return digest(
        stored["title"],
        stored["body"],
        stored["url"],
        facets=facets,
        published=stored.get("published"),
        acl=stored["acl"],
    )


def tombstone(version: int) -> dict[str, Any]:
    """The stored tombstone of a deleted document: unreadable, with its version."""
    return {"acl": [], "deleted": True, "version": version}


def suggestible(planner: Planner, title: str) -> str:
    """The beginnings a title is suggested for: its words as typed, and the parts of compounds."""
    typed = [plain(word) for word in words(title)]
    parts = [part for _, split in planner.tokens(title) for part in split]
    return _text(dict.fromkeys([*typed, *parts]))


def _text(tokens: Any) -> str:
    return " ".join(token for token in tokens if 0 < len(token) <= LONGEST_TOKEN)
