"""pdf: lines put together to paragraphs by their height, size and distance."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import pypdf

from privacy.child import Refused

from ..paragraphs import Collector, Link, Paragraph, Style
from .plain import BULLET, addresses_in

MOST_PAGES = 200
_LARGER = 1.15  # a heading's letters against those of most lines
_APART = 1.6  # heights of a line between the lines of two paragraphs
_HEADING_LETTERS = 120
# A closing mark set apart by the type's own spacing, which pypdf reads as a space.
_LOOSE = re.compile(r"(?<=[.!?,…\w]) +(?=[”»](?:\W|$))")
_BROKEN = (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, AttributeError)


@dataclass
class _Line:
    text: str
    page: int
    up: float
    size: float
    bold: bool


def read_pdf(data: bytes) -> list[Paragraph]:
    """Raises Refused: "locked", "long", "pictures" or "broken"."""
    try:
        pdf = pypdf.PdfReader(io.BytesIO(data))
        if pdf.is_encrypted and not pdf.decrypt(""):
            raise Refused("locked")
        if len(pdf.pages) > MOST_PAGES:
            raise Refused("long")
        lines = [line for number, page in enumerate(pdf.pages) for line in _lines(page, number)]
        links = [address for page in pdf.pages for address in _addresses(page)]
    except _BROKEN as error:
        raise Refused("broken") from error
    if not lines:
        raise Refused("pictures" if len(pdf.pages) else "empty")
    return _paragraphs(lines, links)


def _lines(page: Any, number: int) -> list[_Line]:
    lines: list[_Line] = []

    def visit(text: str, outer: Any, inner: Any, font: Any, size: float) -> None:
        scale = abs(inner[3] * outer[3]) or 1.0
        up = inner[5] * outer[3] + outer[5]
        bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
        for part, piece in enumerate(text.split("\n")):
            last = lines[-1] if lines else None
            if part or last is None or abs(last.up - up) > 0.3 * max(size * scale, 1):
                lines.append(_Line(piece, number, up, size * scale, bold))
            else:
                last.text += piece
                if len(piece.strip()) > len(last.text.strip()) / 2:
                    last.size, last.bold = size * scale, bold

    page.extract_text(visitor_text=visit)
    return [line for line in lines if line.text.strip()]


def _addresses(page: Any) -> Iterator[str]:
    """Addresses behind words, which the words themselves do not tell."""
    for reference in page.get("/Annots") or ():
        address = (reference.get_object().get("/A") or {}).get("/URI")
        if address and str(address).startswith("http"):
            yield str(address)


def _paragraphs(lines: list[_Line], links: list[str]) -> list[Paragraph]:
    running = _running(lines)
    usual = median(line.size for line in lines)
    found = Collector()
    waiting: list[str] = []  # running heads met in the middle of a paragraph
    part: list[_Line] = []
    for line in lines:
        if _is_running(line, running):
            waiting.append(line.text)
        elif part and _continues(part[-1], line):
            part.append(line)
        else:
            _finish(found, part, usual, waiting)
            part, waiting = [line], []
    _finish(found, part, usual, waiting)
    written = "\n".join(line.text for line in lines)
    for address in dict.fromkeys(links):
        if address not in written:
            found.break_group()
            found.add(address, links=(Link(address, address),))
    return found.paragraphs


def _running(lines: list[_Line]) -> frozenset[str]:
    """What stands on three pages or more: the name of the report, its address, its author."""
    pages = Counter(
        text for text, _page in {(_without_number(line.text), line.page) for line in lines}
    )
    return frozenset(text for text, count in pages.items() if count >= 3 and text)


def _without_number(text: str) -> str:
    return " ".join(text.split()).strip("0123456789 -–|/")


def _is_running(line: _Line, running: frozenset[str]) -> bool:
    text = line.text.strip(" -–")
    return text.isdigit() or (_without_number(line.text) in running and not BULLET.match(text))


def _continues(before: _Line, line: _Line) -> bool:
    same = before.bold == line.bold and abs(before.size - line.size) < 0.5
    if not same or BULLET.match(line.text):
        return False
    if before.page != line.page:
        return not before.text.rstrip().endswith((".", "!", "?", ":", "”", "»"))
    return 0 <= before.up - line.up <= _APART * max(line.size, 1)


def _finish(found: Collector, part: list[_Line], usual: float, waiting: list[str]) -> None:
    if part:
        text = _joined(part)
        bullet = BULLET.match(text)
        is_heading = len(text) <= _HEADING_LETTERS and (
            part[0].size > _LARGER * usual or (part[0].bold and not text.endswith("."))
        )
        if bullet is None:
            found.break_group()
        text = text[bullet.end() :] if bullet else text
        found.add(
            text,
            style=Style.ITEM if bullet else Style.HEADING if is_heading else Style.TEXT,
            level=2 if is_heading else 0,
            links=addresses_in(text),
        )
    for head in waiting:
        found.break_group()
        found.add(head)


def _joined(part: list[_Line]) -> str:
    text = ""
    for line in part:
        words = line.text.strip()
        if text.endswith("-") and words[:1].islower() and text[-2:-1].islower():
            text = text[:-1] + words
        else:
            text = f"{text} {words}".strip()
    return _LOOSE.sub("", text)
