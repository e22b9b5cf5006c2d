"""Numbered footnotes: which sources a text cites, in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from django.db.models import prefetch_related_objects
from wagtail.blocks import Block, ListBlock, StreamValue, StructBlock
from wagtail.rich_text import RichText

from sources.blocks import SourceNoteBlock
from sources.models import Source
from sources.notes import Note, notes_in


@dataclass(frozen=True)
class Cited:
    """One use of a source. `mark` is the id of the place in the text that uses it, if any."""

    source: Source
    quote: str = ""
    place: str = ""
    mark: str = ""


@runtime_checkable
class CitesSources(Protocol):
    """A thing that a text can hold and that cites sources itself, such as a key figure."""

    def cited_sources(self) -> Iterable[Cited]:
        """Return its sources, in their order; none while readers do not see it."""
        ...


@dataclass
class Entry:
    """One line of a list of sources, with every place of the text that uses it."""

    number: int
    source: Source
    notes: list[Cited] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"kilde-{self.number}"


def mark_of(block_id: str | None, number: int = 0) -> str:
    """The id of a footnote's place in the text; those inside a block are counted from 1."""
    return f"note-{block_id}-{number}" if number else f"note-{block_id}"


def cited_in(stream: StreamValue) -> Iterator[Cited]:
    """Every source that a stream field cites, also inside its blocks, in reading order."""
    found = [(child.id, list(_cited_by(child.block, child.value, child.id))) for child in stream]
    keys = {use.source_id for _id, uses in found for use in uses if isinstance(use, Note)}
    sources = Source.objects.in_bulk(keys) if keys else {}
    for block_id, uses in found:
        count = 0
        for use in uses:
            if isinstance(use, Cited):
                yield use
                continue
            count += 1
            if source := sources.get(use.source_id):
                yield Cited(source, use.quote, use.place, mark_of(block_id, count))


def _cited_by(block: Block, value: Any, block_id: str | None) -> Iterator[Cited | Note]:
    if isinstance(block, SourceNoteBlock):
        yield from _cited_after(value, block_id)
    elif isinstance(value, RichText):
        yield from notes_in(value.source)
    elif isinstance(value, StreamValue):
        for child in value:
            yield from _cited_by(child.block, child.value, child.id)
    elif isinstance(block, StructBlock):
        for name, inner in block.child_blocks.items():
            yield from _cited_by(inner, value.get(name), block_id)
    elif isinstance(block, ListBlock):
        for child in value.bound_blocks:
            yield from _cited_by(child.block, child.value, child.id)
    elif isinstance(value, CitesSources):
        yield from value.cited_sources()


def _cited_after(value: Any, block_id: str | None) -> Iterator[Cited]:
    """The source of a footnote that is a block of its own, after the text it belongs to."""
    if value.get("source") is not None:
        yield Cited(value["source"], value["quote"], value["place"], mark_of(block_id))


def numbered(cited: Iterable[Cited]) -> list[Entry]:
    """The list of sources: each once, numbered as it is met first, with all its notes."""
    entries: dict[int, Entry] = {}
    for use in cited:
        entry = entries.setdefault(use.source.pk, Entry(len(entries) + 1, use.source))
        entry.notes.append(use)
    prefetch_related_objects([entry.source for entry in entries.values()], "authors")
    return list(entries.values())
