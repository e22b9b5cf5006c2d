"""What can be found. Apps declare it in their own `search_documents.py`, found like `admin.py` is.

    register(DocumentSource(type="story", label=_("Story"), label_plural=_("Stories"),
                            model=Story, build=story_document,
                            queryset=Story.objects.published, visible=readable_ids))
    describe("target_group", TargetGroup.choices)

Search knows no app: it calls what was declared.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from search.engines.base import CONTENT, FACETS, INDEXES, Document

if TYPE_CHECKING:
    from django.db import models
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True)
class DocumentSource:
    """One kind of document.

    type: its short name, unique; a document's id is "type:primary key".
    label, label_plural: what people call it.
    build: instance -> Document (id, type and version are filled in here), None when it is not to
        be found, e.g. because it is a draft or was withdrawn.
    queryset: everything that may be found, with what `build` needs at hand.
    visible: (user, primary keys) -> those the user may read now. The page of hits is checked by it.
    index: "content", or "cases" for what concerns single citizens.
    remarks: primary keys -> primary key -> a few words for the line above the title, such as how
        often it was used; asked once for a page, and never part of the index.
    named: (user, query) -> the address of the one document that is called exactly so, "" where
        there is none or the user may not read it. What is typed then leads straight there.
    """

    type: str
    label: StrPromise | str
    label_plural: StrPromise | str
    model: builtins.type[models.Model]
    build: Callable[[Any], Document | None]
    queryset: Callable[[], models.QuerySet[Any]]
    visible: Callable[[Any, list[str]], Iterable[Any]]
    index: str = CONTENT
    remarks: Callable[[list[str]], Mapping[str, str]] | None = None
    named: Callable[[Any, str], str] | None = None

    def document_id(self, pk: object) -> str:
        """The document's id in the engines."""
        return f"{self.type}:{pk}"

    def document(self, instance: models.Model, version: int) -> Document | None:
        """The instance as it is to be stored, or None."""
        built = self.build(instance)
        if built is None:
            return None
        return replace(built, id=self.document_id(instance.pk), type=self.type, version=version)


_SOURCES: dict[str, DocumentSource] = {}


def register(source: DocumentSource) -> None:
    """Declare a kind of document. Declaring a type twice is an error."""
    if source.type in _SOURCES:
        raise ValueError(f"Documents of type {source.type} are declared twice.")
    if source.index not in INDEXES:
        raise ValueError(f"There is no index {source.index}.")
    _SOURCES[source.type] = source


def unregister(type_: str) -> None:
    """Take a declaration back."""
    _SOURCES.pop(type_, None)


def source(type_: str) -> DocumentSource | None:
    """The declaration of a type; None when it is not (or no longer) declared."""
    return _SOURCES.get(type_)


def sources(index: str | None = None) -> list[DocumentSource]:
    """All declarations, or those of one index."""
    return [found for found in _SOURCES.values() if index in (None, found.index)]


def address_of(user: Any, query: str) -> str:
    """Where the one document is that is called exactly as the query; "" for no such document."""
    found = (source.named(user, query) for source in sources() if source.named)
    return next(filter(None, found), "")


def sources_of(model: type[models.Model]) -> list[DocumentSource]:
    """The declarations for a model: usually one."""
    return [found for found in _SOURCES.values() if issubclass(model, found.model)]


_VALUES: dict[str, dict[str, StrPromise | str]] = {}


def describe(facet: str, choices: Iterable[tuple[str, StrPromise | str]]) -> None:
    """Say what the values of a facet are called; a value without a name shows as it is stored."""
    if facet not in FACETS:
        raise ValueError(f"There is no facet {facet}.")
    _VALUES.setdefault(facet, {}).update(choices)


def value_label(facet: str, value: str) -> str:
    """What a value of a facet is called, in the reader's language."""
    found = source(value) if facet == "type" else None
    if found is not None:
        return str(found.label_plural)
    return str(_VALUES.get(facet, {}).get(value, value))


def type_label(type_: str) -> str:
    """What one document of a type is called."""
    found = source(type_)
    return str(found.label) if found else type_
