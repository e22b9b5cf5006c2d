"""Footnotes in running text, as a text keeps them: `<embed embedtype="source" id="7" …/>`.

Only the source, the page and the sentence are kept; number and name are made when it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html
from wagtail.rich_text.rewriters import FIND_EMBED_TAG, extract_attrs

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

EMBED_TYPE = "source"
PARAGRAPH_END = re.compile(r"(?<=</p>)|(?<=</li>)|(?<=</h[2-6]>)")
PLACEHOLDER = re.compile(r'<sup class="source-mark" data-source="(\d*)"></sup>')


@dataclass(frozen=True)
class Note:
    """A footnote that stands in a text. `source_id` 0: what it pointed at is gone."""

    source_id: int
    quote: str = ""
    place: str = ""


def note_html(source_id: int, *, quote: str = "", place: str = "") -> SafeString:
    """A footnote as it is kept in a text."""
    return format_html(
        '<embed embedtype="{}" id="{}" place="{}" quote="{}"/>',
        EMBED_TYPE,
        source_id,
        place,
        quote,
    )


def with_note_at_end(html: str, note: str) -> str:
    """A text whose last paragraph ends in a footnote."""
    before, end, after = html.rpartition("</p>")
    return f"{before}{note}{end}{after}" if end else f"{html}{note}"


def notes_in(html: str) -> Iterator[Note]:
    """The footnotes of a text in reading order."""
    for match in FIND_EMBED_TAG.finditer(html):
        kept = extract_attrs(match.group(1))
        if kept.get("embedtype") == EMBED_TYPE:
            yield Note(number_of(kept), kept.get("quote", ""), kept.get("place", ""))


def number_of(kept: dict[str, str]) -> int:
    """The key of a footnote's source; 0 where it is none."""
    key = kept.get("id", "")
    return int(key) if key.isascii() and key.isdigit() else 0


def paragraphs_of(html: str) -> Iterator[tuple[str, bool]]:
    """(paragraph, whether a footnote stands in it)."""
    for paragraph in PARAGRAPH_END.split(html):
        if paragraph.strip():
            yield paragraph, any(True for _note in notes_in(paragraph))
