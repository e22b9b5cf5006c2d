"""Rich text as the rules read it: its words in lines, its headings, links and pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import html

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What XML, and so lxml, holds none of.
NOT_TEXT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
LINES = frozenset({"p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "br", "hr", "td", "th"})
HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass(frozen=True)
class Parts:
    """What stands in a rich text, in reading order."""

    words: str
    headings: tuple[tuple[int, str], ...]
    links: tuple[str, ...]
    pictures: tuple[str, ...]


def parts_of(source: str) -> Parts:
    """Read what the database holds of a rich text; anything is accepted, nothing raises."""
    source = NOT_TEXT.sub(" ", source)
    if not source.strip():
        return Parts("", (), (), ())
    root = html.fragment_fromstring(source, create_parent="div")
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    return Parts(
        words="\n".join(line for line in _lines(root) if line),
        headings=tuple(
            (HEADINGS[element.tag], _text(element))
            for element in elements
            if element.tag in HEADINGS
        ),
        links=tuple(_text(element) for element in elements if element.tag == "a"),
        pictures=tuple(
            element.get("alt", "")
            for element in elements
            if element.tag == "embed" and element.get("embedtype") == "image"
        ),
    )


def _text(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _lines(root: HtmlElement) -> list[str]:
    """One line for each paragraph, point or heading; a sentence does not go on into the next."""
    for element in root.iter():
        if element.tag in LINES:
            element.tail = f"\n{element.tail or ''}"
    return [" ".join(line.split()) for line in "".join(root.itertext()).split("\n")]
