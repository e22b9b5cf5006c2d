"""What of a page the check of numbers reads, and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from wagtail.blocks import Block, StreamValue, StructBlock
from wagtail.fields import StreamField
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
    return unsourced(_pieces(page))


def digest_of(found: list[Unsourced]) -> str:
    """The same for the same numbers in the same sentences."""
    words = "\n".join(f"{one.number}\t{one.sentence}" for one in found)
    return sha256(words.encode()).hexdigest()


def _pieces(page: Model) -> Iterator[Piece]:
    """A page about one work, as a publication is, has that work behind its own texts."""
    about_a_work = getattr(page, "source_id", None) is not None
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _of_stream(getattr(page, field.name))
        elif isinstance(field, SafeTextField | SafeCharField):
            text = getattr(page, field.name) or ""
            yield Piece(text, covered=about_a_work, beside=True)


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
