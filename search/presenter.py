"""What the search page shows: facet groups, chips and addresses, made of a result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.http import urlencode

from search import querylog, registry
from search.engines.base import CONTENT, DEEPEST_HIT, NEWEST, FacetValue, SearchHit, SearchResult
from search.forms import FACET_LABELS, PAGE_SIZE, SearchForm

if TYPE_CHECKING:
    from django.http import QueryDict

    from search.models import SavedSearch

MOST_OPTIONS = 8  # of a facet; chosen ones are always shown
META_FACETS = ("topics", "target_group", "municipality", "year")
MOST_META = 4


@dataclass(frozen=True)
class FacetOption:
    """One box to tick."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class FacetGroup:
    """One facet."""

    name: str
    label: str
    options: Sequence[FacetOption]


@dataclass(frozen=True)
class ResultRow:
    """One answer, in words."""

    hit: SearchHit
    type_label: str
    meta: str
    recommended: bool
    reference: str


def groups(form: SearchForm, result: SearchResult) -> list[FacetGroup]:
    """The facets that have something to choose."""
    found = []
    for name, label in FACET_LABELS.items():
        options = _options(name, result.facets.get(name, ()), form.filters.get(name, ()))
        if len(options) > 1 or any(option.selected for option in options):
            found.append(FacetGroup(name, str(label), options))
    return found


def _options(name: str, values: Sequence[FacetValue], chosen: tuple[str, ...]) -> list[FacetOption]:
    counted = {value.value: value.count for value in values}
    shown = [*chosen, *(value for value in counted if value not in chosen)]
    if name == "year":
        shown.sort(reverse=True)
    return [
        FacetOption(
            value, registry.value_label(name, value), counted.get(value, 0), value in chosen
        )
        for value in shown[: max(MOST_OPTIONS, len(chosen))]
    ]


def chips(form: SearchForm, query: QueryDict) -> list[tuple[str, str]]:
    """Each chosen value, with the address without it."""
    return [
        (registry.value_label(name, value), f"?{_without(query, name, value)}")
        for name, values in form.filters.items()
        for value in values
    ]


def _without(query: QueryDict, name: str, value: str) -> str:
    left = query.copy()
    left.pop("page", None)
    left.setlist(name, [other for other in left.getlist(name) if other != value])
    return left.urlencode()


def kept(form: SearchForm) -> list[tuple[str, str]]:
    """What the filter form must not lose."""
    pairs = {"q": form.query, "sort": form.sort, "in": form.index if form.index != CONTENT else ""}
    return [(name, value) for name, value in pairs.items() if value]


def kept_with_filters(form: SearchForm) -> Iterator[tuple[str, str]]:
    """What the sorting form must not lose."""
    yield from ((name, value) for name, value in kept(form) if name != "sort")
    for name, values in form.filters.items():
        yield from ((name, value) for value in values)


def rows(form: SearchForm, result: SearchResult) -> list[ResultRow]:
    """The answers with their type and what they are about."""
    asked = querylog.loggable(form.query) if form.index == CONTENT else ""
    remarks = _remarks(result.hits)
    first = (form.page - 1) * PAGE_SIZE + 1
    return [
        ResultRow(
            hit,
            registry.type_label(hit.type),
            _meta(hit, remarks.get(hit.id, "")),
            hit.id in result.recommended,
            querylog.signed_reference(asked, hit.id, position),
        )
        for position, hit in enumerate(result.hits, first)
    ]


def address_of(search: SavedSearch) -> str:
    """Where a saved search is asked again, the newest first."""
    query = {"q": search.query, **search.filters, "sort": NEWEST}
    return f"{reverse('search:search')}?{urlencode(query, doseq=True)}"


def name_of(search: SavedSearch) -> str:
    """The query and what it is narrowed to, in words."""
    values = [
        registry.value_label(name, value)
        for name, values in search.filters.items()
        for value in values
    ]
    return " · ".join(filter(None, [search.query, *values]))


def _remarks(hits: Iterable[SearchHit]) -> dict[str, str]:
    """Document -> what its app says about it besides; each type is asked once."""
    keys: dict[str, list[str]] = {}
    for hit in hits:
        keys.setdefault(hit.type, []).append(hit.id.partition(":")[2])
    found: dict[str, str] = {}
    for type_, pks in keys.items():
        source = registry.source(type_)
        if source is not None and source.remarks is not None:
            said = source.remarks(pks)
            found |= {source.document_id(pk): words for pk, words in said.items()}
    return found


def _meta(hit: SearchHit, remark: str) -> str:
    values: list[tuple[str, str]] = [
        (name, value) for name in META_FACETS for value in hit.facets.get(name, ())
    ]
    words = [registry.value_label(name, value) for name, value in values[:MOST_META]]
    return " · ".join(filter(None, [*words, remark]))


class _Counted(Sequence[Any]):
    """As many empty places as there are hits, for Django's paginator."""

    def __init__(self, total: int) -> None:
        self._total = total

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, key: Any) -> Any:
        return range(self._total)[key]


def page_of(form: SearchForm, result: SearchResult) -> Page[Any]:
    """Django's page, for the pagination component."""
    paginator = Paginator(_Counted(min(result.total, DEEPEST_HIT)), PAGE_SIZE)
    return paginator.get_page(form.page)
