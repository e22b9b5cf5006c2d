"""A page or an entry of a list, stored or only typed, as the rules read it.

Read are what a visitor reads: the title, the texts that are checked for CPR numbers (which every
text of an editor is), stream fields, and the rows that belong to it. Quotations of sources are
somebody else's words; a key figure or a card that a text shows is looked at where it is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.blocks import (
    Block,
    CharBlock,
    ListBlock,
    RichTextBlock,
    StreamValue,
    StructBlock,
    TextBlock,
)
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

from content_check.content import Content, Heading, Link, Picture, Text
from content_check.known import is_for_professionals
from content_check.rich_text import parts_of
from privacy.fields import SafeCharField, SafeTextField
from sources.blocks import SourceNoteBlock
from sources.number_check import may_name_sources, pieces

if TYPE_CHECKING:
    from typing import Any

    from django.db.models import Field, Model

Part = Text | Heading | Link | Picture


def content_of(thing: Model) -> Content:
    """All of it, in the order of its fields."""
    parts = [*_own_parts(thing, ""), *_parts_of_rows(thing)]
    return Content(
        texts=tuple(part for part in parts if isinstance(part, Text) and part.words.strip()),
        headings=tuple(part for part in parts if isinstance(part, Heading)),
        links=tuple(part for part in parts if isinstance(part, Link)),
        pictures=tuple(part for part in parts if isinstance(part, Picture)),
        pieces=tuple(pieces(thing)) if may_name_sources(thing) else (),
    )


def _own_parts(thing: Model, before: str) -> Iterator[Part]:
    if isinstance(thing, Page):
        yield Text(_("Title"), thing.title, prose=False)
    for field in thing._meta.concrete_fields:
        yield from _of_field(thing, field, before)


def _of_field(thing: Model, field: Field[Any, Any], before: str) -> Iterator[Part]:
    place = f"{before}{capfirst(str(field.verbose_name))}"
    if isinstance(field, StreamField):
        yield from _of_stream(getattr(thing, field.name), place)
    elif isinstance(field, SafeTextField | SafeCharField):
        yield Text(
            place,
            getattr(thing, field.name) or "",
            prose=isinstance(field, SafeTextField),
            names_professionals=is_for_professionals(type(thing), field.name),
        )
    elif field.is_relation and field.related_model is get_image_model():
        picture = getattr(thing, field.name)
        if picture is not None:
            yield Picture(place, _words_beside(thing, field.name) or picture.description)


def _words_beside(thing: Model, name: str) -> str:
    """What the thing itself says of the picture, in the field beside it."""
    beside = (getattr(thing, words, "") for words in (f"{name}_words", "words"))
    return next((said for said in beside if isinstance(said, str) and said), "")


def _parts_of_rows(thing: Model) -> Iterator[Part]:
    """What is edited together with it, such as the points of a programme; not Wagtail's own."""
    if not isinstance(thing, ClusterableModel):
        return
    for relation in get_all_child_relations(type(thing)):
        model = relation.related_model
        if model.__module__.startswith("wagtail."):
            continue
        rows = getattr(thing, relation.get_accessor_name()).all()
        for number, row in enumerate(rows, start=1):
            yield from _own_parts(row, f"{capfirst(str(model._meta.verbose_name))} {number}: ")


def _of_stream(stream: StreamValue, place: str) -> Iterator[Part]:
    for number, child in enumerate(stream, start=1):
        where = _("%(field)s, block %(number)d: %(block)s") % {
            "field": place,
            "number": number,
            "block": child.block.label,
        }
        yield from _of_block(child.block, child.value, where)


def _of_block(block: Block, value: Any, place: str) -> Iterator[Part]:
    if value is None or isinstance(block, SourceNoteBlock):
        return
    if isinstance(value, StreamValue):
        yield from _of_stream(value, place)
    elif isinstance(block, ListBlock):
        for child in value.bound_blocks:
            yield from _of_block(child.block, child.value, place)
    elif isinstance(block, StructBlock):
        for name, inner in block.child_blocks.items():
            yield from _of_block(inner, value.get(name), place)
    elif isinstance(block, RichTextBlock):
        yield from _of_rich_text(value.source, place)
    elif isinstance(block, CharBlock | TextBlock):
        yield from _of_line(block, value, place)


def _of_line(block: Block, value: str, place: str) -> Iterator[Part]:
    """A line of its own; a block may say that it is a heading, and of which level."""
    level = getattr(block, "heading_level", None)
    if level is not None:
        yield Heading(place, level, value)
    yield Text(place, value, prose=level is None)


def _of_rich_text(source: str, place: str) -> Iterator[Part]:
    parts = parts_of(source)
    yield Text(place, parts.words)
    yield from (Heading(place, level, words) for level, words in parts.headings)
    yield from (Link(place, words) for words in parts.links)
    yield from (Picture(place, words) for words in parts.pictures)
