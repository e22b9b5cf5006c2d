"""What of the knowledge base cites sources, and who may open it (sources.citing)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from wagtail.models import get_page_models

from kb.models import BasePage, CollectionPage, EvidenceCard, KeyFigure
from kb.models.base import shown_to
from kb.models.collections import Collection as Listed
from sources.citing import Citing, register_citing, register_pages

if TYPE_CHECKING:
    from sources.footnotes import Cited


_page_kinds: list[type[BasePage]] = []


def may_read_list(visitor: Any, collection: str) -> bool:
    """Whether the visitor may open the page that lists a collection."""
    return shown_to(CollectionPage.objects.filter(collection=collection), visitor).exists()


def _pages(model: type[BasePage]) -> Callable[[Any, Collection[str]], Iterator[Citing]]:
    def opened(visitor: Any, keys: Collection[str]) -> Iterator[Citing]:
        found = model.objects.filter(pk__in=keys).defer_streamfields()
        for page in shown_to(found, visitor):
            if page.url:
                yield Citing(str(model._meta.verbose_name), page.title, page.url)

    return opened


def _figures(visitor: Any, keys: Collection[str]) -> Iterator[Citing]:
    if may_read_list(visitor, Listed.FIGURES):
        for figure in KeyFigure.objects.readable().filter(pk__in=keys):
            kind = str(KeyFigure._meta.verbose_name)
            yield Citing(kind, figure.statement, figure.get_absolute_url())


def _cards(visitor: Any, keys: Collection[str]) -> Iterator[Citing]:
    if may_read_list(visitor, Listed.EVIDENCE):
        address = CollectionPage.address(Listed.EVIDENCE)
        for card in EvidenceCard.objects.shown().filter(pk__in=keys):
            kind = str(EvidenceCard._meta.verbose_name)
            yield Citing(kind, card.subject, f"{address}#{card.slug}")


def _sources_of_page(visitor: Any, page_id: int) -> Iterable[Cited] | None:
    for model in _page_kinds:
        page = shown_to(model.objects.filter(pk=page_id), visitor).first()
        if page is not None:
            return page.cited_sources()
    return None


def register_page_kind(model: type[BasePage]) -> None:
    """Name pages of this kind among those that cite, and give their whole list away."""
    register_citing(model, _pages(model))
    _page_kinds.append(model)


# Rooms above register their own when they start.
for page_model in get_page_models():
    if issubclass(page_model, BasePage) and page_model._meta.app_label == "kb":
        register_page_kind(page_model)
register_citing(KeyFigure, _figures)
register_citing(EvidenceCard, _cards)
register_pages(_sources_of_page)
