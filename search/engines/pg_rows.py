"""A document as a row of the PostgreSQL engine, and the tokens of a plan as tsquery."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from search.analysis.folding import plain, sort_key, words

if TYPE_CHECKING:
    from search.analysis.planner import Alternative, Concept, Planner
    from search.engines.base import Document

MOST_POSITIONS = 255  # of one token that PostgreSQL keeps
LAST_POSITION = 16_383
LONGEST_TOKEN = 200
COLUMNS = (
    "namespace",
    "document_id",
    "type",
    "title",
    "title_sort",
    "body",
    "url",
    "facets",
    "published",
    "acl",
    "version",
    "deleted",
    "vector",
    "suggest",
    "words",
)


def row(planner: Planner, document: Document, namespace: str) -> tuple[Any, ...]:
    """The values of `COLUMNS`."""
    spoken = {word.lower() for word in words(f"{document.title} {document.body}")}
    return (
        namespace,
        document.id,
        document.type,
        document.title,
        sort_key(document.title),
        document.body,
        document.url,
        [f"{name}={value}" for name, values in document.facets.items() for value in values],
        document.published,
        sorted(document.acl),
        document.version,
        False,
        vector(planner, document.title, document.body),
        suggestible(planner, document.title),
        sorted(word for word in spoken if len(word) <= LONGEST_TOKEN),
    )


def tombstone(doc_id: str, version: int, namespace: str) -> tuple[Any, ...]:
    """The row of a deleted document: unreadable, with its version."""
    return (namespace, doc_id, "", "", "", "", "", [], None, [], version, True, "", "", [])


def vector(planner: Planner, title: str, body: str) -> str:
    """A tsvector: words weigh A (title) or B (body), the parts of compounds C or D."""
    positions: dict[str, list[str]] = {}
    position = 0
    for text, whole, part in ((title, "A", "C"), (body, "B", "D")):
        for token, parts in planner.tokens(text):
            position = min(position + 1, LAST_POSITION)
            for found, weight in ((token, whole), *((other, part) for other in parts)):
                if 0 < len(found) <= LONGEST_TOKEN:
                    positions.setdefault(found, []).append(f"{position}{weight}")
    return " ".join(f"'{t}':{','.join(p[:MOST_POSITIONS])}" for t, p in positions.items())


def suggestible(planner: Planner, title: str) -> str:
    """The tsvector a title is suggested by: its words as typed, and the parts of compounds."""
    typed = [plain(word) for word in words(title)]
    parts = [part for _, split in planner.tokens(title) for part in split]
    return " ".join(
        f"'{t}'" for t in dict.fromkeys([*typed, *parts]) if 0 < len(t) <= LONGEST_TOKEN
    )


def any_of(alternatives: Iterable[Alternative]) -> str:
    """A tsquery: one alternative is enough, all of its tokens are needed."""
    wanted = dict.fromkeys(alternative.tokens for alternative in alternatives)
    return " | ".join(f"({all_of(tokens)})" for tokens in wanted)


def all_of(tokens: Iterable[str]) -> str:
    """A tsquery that needs every token."""
    return " & ".join(f"'{token}'" for token in tokens)


def any_concept(concepts: Iterable[Concept]) -> str:
    """A tsquery for documents that hold any concept."""
    return any_of(a for concept in concepts for a in concept.alternatives)


def beginnings(prefix: str) -> str:
    """A tsquery: every typed word begins a word."""
    typed = [plain(word) for word in words(prefix)]
    return " & ".join(f"'{token}':*" for token in typed if token)
