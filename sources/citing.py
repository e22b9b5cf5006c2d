"""Who cites a source, and who may know it: what stands above fills in its own things here.

A room that has something that cites sources registers its model when it starts, with a function
that says which of its rows a visitor may open, under which title and address. What nobody
registered is never named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ReferenceIndex

if TYPE_CHECKING:
    from django.db.models import Model
    from django.utils.functional import Promise

    from sources.footnotes import Cited
    from sources.models import Source


@dataclass(frozen=True)
class Citing:
    """Something that cites: what it is, its title and its address."""

    kind: str | Promise
    title: str
    url: str


Opened = Callable[[Any, Collection[str]], Iterable[Citing]]
"""(visitor, keys) -> those that the visitor may open."""
PageSources = Callable[[Any, int], Iterable["Cited"] | None]
"""(visitor, key of a page) -> what it cites; None for a page that the visitor may not open."""

_opened: dict[type[Model], Opened] = {}
_pages: list[PageSources] = []


def register_citing(model: type[Model], opened: Opened) -> None:
    """Say how rows of a model are shown among those that cite a source."""
    _opened[model] = opened


def register_pages(cited: PageSources) -> None:
    """Say what a page cites, for the export of its whole list."""
    _pages.append(cited)


def cited_by(cited: Model, visitor: Any) -> list[Citing]:
    """What cites a source, or uses a key figure, and may be opened by this visitor."""
    found: dict[type[Model], set[str]] = {}
    references = ReferenceIndex.get_references_to(cited)
    for type_id, key in references.values_list("content_type_id", "object_id").distinct():
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model in _opened:
            found.setdefault(model, set()).add(key)
    citing = [one for model, keys in found.items() for one in _opened[model](visitor, keys)]
    return sorted(citing, key=lambda one: (str(one.kind), one.title))


def cited_on_page(page_id: int, visitor: Any) -> Iterable[Cited] | None:
    """What a page cites; None where there is no such page or the visitor may not open it."""
    for cited in _pages:
        found = cited(visitor, page_id)
        if found is not None:
            return found
    return None


def times_cited(source: Source) -> int:
    """How many things cite it, shown or not."""
    references = ReferenceIndex.get_references_to(source)
    return references.values("base_content_type_id", "object_id").distinct().count()
