"""Reads a document as paragraphs: txt, md, html, docx, odt, pdf. No Django.

The kind is told by the content where it can be, and by the name between kinds of text. Reading is
done in a child process with limits (`privacy.child`); nothing is fetched from anywhere.
"""

from __future__ import annotations

from privacy import child
from privacy.extraction import LARGEST

from ..paragraphs import Paragraph, from_json, to_json
from .kinds import MOST_PARAGRAPHS, reader_for

__all__ = ["LARGEST", "MOST_PARAGRAPHS", "UnreadableDocument", "read_document"]


class UnreadableDocument(Exception):
    """`why`: "type", "macros", "size", "long", "empty", "pictures", "locked" or a word of child."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def read_document(data: bytes, name: str) -> list[Paragraph]:
    """The paragraphs of a file called `name`. Raises UnreadableDocument."""
    if len(data) > LARGEST:
        raise UnreadableDocument("size")
    try:
        rows = child.run(read_all, data, name)
    except child.Refused as refusal:
        raise UnreadableDocument(refusal.why) from refusal
    return from_json(rows)


def read_all(data: bytes, name: str) -> list[dict[str, object]]:
    """`read_document`, as the child does it. Raises Refused."""
    paragraphs = reader_for(data, name)(data)
    if not paragraphs:
        raise child.Refused("empty")
    if len(paragraphs) > MOST_PARAGRAPHS:
        raise child.Refused("long")
    return to_json(paragraphs)
