"""What a document is made of, whatever kind of file it came in. No Django."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Style(StrEnum):
    """What the file itself says of a paragraph; a plain text says nothing but TEXT and ITEM."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    QUOTE = "quote"


@dataclass(frozen=True)
class Link:
    """Words of a paragraph that lead somewhere. `words` stands in the paragraph's text."""

    words: str
    address: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. `number` counts from 1 in the order of the document.

    `starts_group` is True where an empty line, or a break of another kind, stands before it.
    """

    number: int
    text: str
    style: Style = Style.TEXT
    level: int = 0
    links: tuple[Link, ...] = ()
    starts_group: bool = True


def to_json(paragraphs: list[Paragraph]) -> list[dict[str, Any]]:
    """As a child process hands them over."""
    return [asdict(paragraph) for paragraph in paragraphs]


def from_json(rows: list[dict[str, Any]]) -> list[Paragraph]:
    """The paragraphs that `to_json` wrote."""
    return [
        Paragraph(
            number=row["number"],
            text=row["text"],
            style=Style(row["style"]),
            level=row["level"],
            links=tuple(Link(**link) for link in row["links"]),
            starts_group=row["starts_group"],
        )
        for row in rows
    ]


class Collector:
    """Numbers paragraphs as a reader of a kind of file finds them; empty ones are breaks."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self._broken = True

    def add(
        self,
        text: str,
        *,
        style: Style = Style.TEXT,
        level: int = 0,
        links: tuple[Link, ...] = (),
    ) -> None:
        """Add what has words; spaces of every kind become one."""
        words = " ".join(text.split())
        if not words:
            self.break_group()
            return
        kept = tuple(link for link in links if link.words in words)
        self.paragraphs.append(
            Paragraph(len(self.paragraphs) + 1, words, style, level, kept, self._broken)
        )
        self._broken = False

    def break_group(self) -> None:
        """What comes next stands apart from what came before."""
        self._broken = True
