"""What an engine is given, what it answers, and the contract both engines keep."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from search.analysis.planner import QueryPlan

CONTENT = "content"
CASES = (
    "cases"  # sparring cases: an index of their own, so that no term of theirs is ever suggested
)
INDEXES = (CONTENT, CASES)
FACETS = (
    "type",
    "topics",
    "guidepost",
    "target_group",
    "action_kinds",
    "municipality",
    "year",
    "outcome",
)
LARGEST_PAGE = 50
DEEPEST_HIT = 10_000  # paging ends here, as Elasticsearch's own window does
RELEVANCE, NEWEST, TITLE = "relevance", "newest", "title"
SORTS = (RELEVANCE, NEWEST, TITLE)


class EngineUnavailable(Exception):
    """The engine did not answer; nothing is known about what it holds."""


@dataclass(frozen=True)
class Document:
    """One search document. `acl`: tokens of which a user needs one; empty: nobody finds it.

    `version` orders events about the same document: an older one never overwrites a newer one.
    """

    id: str
    type: str
    title: str
    body: str = ""
    url: str = ""
    topics: tuple[str, ...] = ()
    guidepost: str = ""
    target_group: str = ""
    action_kinds: tuple[str, ...] = ()
    municipality: str = ""
    year: int | None = None
    outcome: str = ""
    published: date | None = None
    acl: frozenset[str] = frozenset()
    version: int = 0

    @property
    def facets(self) -> dict[str, tuple[str, ...]]:
        """The values that are counted and filtered by, as text; empty ones left out."""
        values: dict[str, tuple[str, ...]] = {
            "topics": self.topics,
            "action_kinds": self.action_kinds,
            "year": (str(self.year),) if self.year is not None else (),
        }
        for name in ("type", "guidepost", "target_group", "municipality", "outcome"):
            values[name] = (getattr(self, name),)
        return {name: kept for name in FACETS if (kept := tuple(filter(None, values[name])))}

    @property
    def digest(self) -> str:
        """Changes with what the document says, where it leads and who may read it."""
        day = self.published.isoformat() if self.published else None
        return digest(
            self.title, self.body, self.url, facets=self.facets, published=day, acl=self.acl
        )


def digest(
    title: str,
    body: str,
    url: str,
    *,
    facets: Mapping[str, Iterable[str]],
    published: str | None,
    acl: Iterable[str],
) -> str:
    """One way to tell two documents apart, for a document and for what an engine stored of it."""
    kept = {name: sorted(values) for name, values in sorted(facets.items())}
    said = json.dumps([title, body, url, kept, published, sorted(acl)])
    return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class SearchRequest:
    """A question. `filters`: facet -> chosen values (one of them must fit; facets all must).

    An empty `query` lists everything the filters leave. `acl` is never optional.
    `pinned`: documents that come first by relevance, if the user may read them and the filters
    leave them; `hidden`: documents that are no answer to this question.
    """

    query: str
    acl: frozenset[str]
    index: str = CONTENT
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = RELEVANCE
    page: int = 1
    size: int = 10
    facets: tuple[str, ...] = FACETS
    pinned: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        unknown = {*self.filters, *self.facets} - set(FACETS)
        if unknown or self.sort not in SORTS or self.index not in INDEXES:
            raise ValueError(f"Unknown facet, sorting or index: {unknown or self.sort}")
        if not (self.page >= 1 and 1 <= self.size <= LARGEST_PAGE):
            raise ValueError("Pages start at 1 and hold 1 to 50 hits.")

    @property
    def offset(self) -> int:
        """How many hits come before this page."""
        return (self.page - 1) * self.size

    def finds_nothing(self, plan: QueryPlan) -> bool:
        """Whether no document can answer: signs without a word, or a page beyond the last one."""
        wordless = bool(self.query.strip()) and not plan.concepts
        return wordless or self.offset + self.size > DEEPEST_HIT


@dataclass(frozen=True)
class SearchHit:
    """One answer. `title_html` and `snippet_html` are escaped, with the found words in <mark>."""

    id: str
    type: str
    title: str
    url: str
    score: float
    title_html: str = ""
    snippet_html: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    published: date | None = None


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet and in how many readable documents it is."""

    value: str
    count: int


@dataclass(frozen=True)
class SearchResult:
    """A page of answers. `also`: the spellings that were searched too ("Viser også …").

    `fallback`: the main engine was away and PostgreSQL answered. `recommended`: the hits that
    editors put first.
    """

    hits: Sequence[SearchHit]
    total: int
    facets: Mapping[str, Sequence[FacetValue]]
    also: tuple[str, ...] = ()
    took_ms: int = 0
    engine: str = ""
    fallback: bool = False
    recommended: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Suggestion:
    """A title that begins like, or has a word that begins like, what is being typed."""

    id: str
    type: str
    title: str
    url: str


class Engine(Protocol):
    """The contract. Every method raises EngineUnavailable when the engine does not answer.

    No answer ever depends on a document that shares no token with `acl`: not the hits, the total,
    the facets, the suggestions, the corrected words or the related documents.
    """

    name: str

    def ping(self) -> bool:
        """Whether the engine answers; never raises."""

    def prepare(self) -> None:
        """Make the indexes that are missing; keeps what is there."""

    def reset(self, index: str) -> None:
        """Empty one index."""

    def index(self, documents: Iterable[Document], *, index: str = CONTENT) -> int:
        """Store documents but those older than what is stored; returns how many were stored."""

    def delete(self, versions: Mapping[str, int], *, index: str = CONTENT) -> int:
        """Leave a tombstone of that version per id, so that a late event does not bring it back."""

    def refresh(self, index: str = CONTENT) -> None:
        """Make what was written findable at once (tests, evaluation, the end of a reindex)."""

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a question."""

    def suggest(
        self, prefix: str, acl: frozenset[str], *, index: str = CONTENT, size: int = 8
    ) -> list[Suggestion]:
        """Titles for what is being typed, best first."""

    def related(
        self, doc_id: str, acl: frozenset[str], *, index: str = CONTENT, size: int = 5
    ) -> list[SearchHit]:
        """Documents like one the user may read; [] if the user may not read it."""

    def versions(self, *, index: str = CONTENT) -> dict[str, int]:
        """Id -> version of every document that is not a tombstone (reconcile, reindex)."""

    def digests(self, ids: Sequence[str], *, index: str = CONTENT) -> dict[str, str]:
        """Id -> what is stored, as `Document.digest`; absent ones and tombstones are left out."""
