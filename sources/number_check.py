"""What of a page the check of numbers reads, and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wagtail.blocks import Block, StreamValue, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.rich_text import RichText, get_text_for_indexing

from privacy.fields import SafeCharField, SafeTextField
from sources.blocks import OwnExampleBlock, SourceNoteBlock
from sources.footnotes import CitesSources
from sources.notes import paragraphs_of
from sources.numbers import Piece, Unsourced, unsourced

if TYPE_CHECKING:
    from django.db.models import Model


def unsourced_numbers(page: Model) -> list[Unsourced]:
    """The per cents of a page that nothing stands behind; `page` may be a draft."""
    return unsourced(pieces(page))


def pieces(page: Model) -> Iterator[Piece]:
    """Its texts in reading order. What is about a work, or lists its own, has them behind it."""
    about_a_work = _names_its_source(page)
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for piece in _of_stream(getattr(page, field.name)):
                yield replace(piece, covered=True) if about_a_work else piece
        elif isinstance(field, SafeTextField | SafeCharField):
            text = getattr(page, field.name) or ""
            yield Piece(text, covered=about_a_work, beside=True)


def may_name_sources(thing: Model) -> bool:
    """Whether a source can be put behind its numbers; an offer, say, has no place for one."""
    return isinstance(thing, Page) or hasattr(thing, "source_id") or hasattr(thing, "sources")


def _names_its_source(thing: Model) -> bool:
    """A publication and a key figure are about one work, an evidence card lists several."""
    if getattr(thing, "source_id", None) is not None:
        return True
    listed = getattr(thing, "sources", None)
    return listed is not None and len(listed.all()) > 0


def _of_stream(stream: StreamValue) -> Iterator[Piece]:
    children = list(stream)
    for place, child in enumerate(children):
        yield from _of_block(child.block, child.value, _is_covered(children[place + 1 :]))


def _is_covered(after: list[Any]) -> bool:
    """Whether one of the notes right after a block says where it is from."""
    for child in after:
        if isinstance(child.block, OwnExampleBlock):
            return True
        if not isinstance(child.block, SourceNoteBlock):
            return False
        if child.value.get("source") is not None:
            return True
    return False


def _of_block(block: Block, value: Any, covered: bool) -> Iterator[Piece]:
    if isinstance(block, SourceNoteBlock):
        return
    if isinstance(value, StreamValue):
        yield from _of_stream(value)
    elif isinstance(value, RichText):
        for paragraph, noted in paragraphs_of(value.source):
            yield Piece(get_text_for_indexing(paragraph), covered or noted)
    elif isinstance(value, CitesSources):
        yield Piece(str(value), covered=True)
    elif isinstance(block, StructBlock):
        for name, inner in block.child_blocks.items():
            yield from _of_block(inner, value.get(name), covered)
    elif value is not None:
        words = "\n".join(str(text) for text in block.get_searchable_content(value))
        yield Piece(words, covered)
