"""txt: one line is one paragraph, unless lines were broken to fit a page."""

from __future__ import annotations

import re

from privacy.plain_text import decode

from ..paragraphs import Collector, Link, Paragraph, Style

BULLET = re.compile(r"^\s*(?:[•·▪‣◦●○*–-]|\(?\d{1,2}[.)])\s+(?=\S)")
ADDRESS = re.compile(r"https?://[^\s<>»«“”\"]+[^\s<>»«“”\".,;:!?)\]]")
# Lines at least this long, of which none is much longer, were broken to fit a page.
BROKEN_FROM, BROKEN_TO = 55, 100


def read_plain(data: bytes) -> list[Paragraph]:
    """The paragraphs, with bullets taken off their items."""
    return read_lines(decode(data).replace("\f", "\n\n").splitlines())


def read_lines(lines: list[str]) -> list[Paragraph]:
    """The same for lines that another reader found."""
    found = Collector()
    for line in _joined(lines):
        bullet = BULLET.match(line)
        text = line[bullet.end() :] if bullet else line
        found.add(text, style=Style.ITEM if bullet else Style.TEXT, links=addresses_in(text))
    return found.paragraphs


def addresses_in(text: str) -> tuple[Link, ...]:
    """Every address that is written out."""
    return tuple(Link(address, address) for address in ADDRESS.findall(text))


def _joined(lines: list[str]) -> list[str]:
    if not _were_broken(lines):
        return lines
    joined: list[str] = []
    for line in lines:
        before = joined[-1].rstrip() if joined else ""
        if (
            len(before) >= BROKEN_FROM
            and line.strip()
            and not BULLET.match(line)
            and not before.endswith((":", "?"))
        ):
            joined[-1] = _glued(before, line.strip())
        else:
            joined.append(line)
    return joined


def _glued(before: str, after: str) -> str:
    """Two lines of one sentence; a word divided at the end of a line becomes whole."""
    if re.search(r"[a-zæøå]-$", before) and after[:1].islower():
        return before[:-1] + after
    return f"{before} {after}"


def _were_broken(lines: list[str]) -> bool:
    """Whether the lines end where the page ended, and not where a sentence did."""
    filled = [len(line.rstrip()) for line in lines if line.strip()]
    long = [length for length in filled if length >= BROKEN_FROM]
    return bool(long) and max(filled) <= BROKEN_TO and len(long) * 3 >= len(filled)
