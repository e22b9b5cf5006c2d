"""Extracts the text of an uploaded file, also from hidden parts. No Django.

`extract` reads in a child process (`privacy.child`). The kind is read from its content, not its
name: pdf, docx, xlsx, pptx, odt, ods, odp or plain text, with every part of it: notes, form fields,
bookmarks, attachments, tracked deletions, properties, targets of links, embedded
files. Words in pictures are out of reach, so pages that are nothing else are named.
"""

from __future__ import annotations

from typing import NamedTuple

from privacy import child

from .found import MOST_CHARACTERS, Found
from .reading import LARGEST, read

__all__ = ["LARGEST", "MOST_CHARACTERS", "Extracted", "UnreadableFile", "extract"]


class UnreadableFile(Exception):
    """`why`: "type", "old" (doc, xls, ppt), "rtf", "size", "limit", "busy", "locked", "broken"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Extracted(NamedTuple):
    """What stands in the file.

    text: what its reader sees. about: what it says of itself, such as its author.
    complete: False where it was cut at the limits.
    has_cpr: whether there is a CPR number, in the text or anywhere else in the file.
    pictures: what holds pictures and no words, e.g. "3, 7" (pages); "*" for the file as a whole.
    closed: a part that nobody here can read, by its name in the file; "" for none.
    """

    text: str
    about: str
    complete: bool
    has_cpr: bool
    pictures: str
    closed: str


def extract(
    data: bytes, *, seconds: float = child.SECONDS, patience: float = child.PATIENCE
) -> Extracted:
    """Extract the file. Raises UnreadableFile, upon which the caller must refuse the file."""
    if len(data) > LARGEST:
        raise UnreadableFile("size")
    try:
        return Extracted(**child.run(read_all, data, seconds=seconds, patience=patience))
    except child.Refused as refusal:
        raise UnreadableFile(refusal.why) from refusal


def read_all(data: bytes) -> dict[str, object]:
    """`extract`, as the child does it."""
    found = Found()
    read(data, found)
    return found.summed_up()
