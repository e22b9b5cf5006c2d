"""Strings nobody would write, to see that the check never fails and never points outside a text.

Seeded, so that a string that fails is found again. Half are built of the pieces that the rules look
for, half of any characters at all.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .report import Report

_PIECES = (
    "010180", "1234", "290200", "010160-4", "-", " ", ".", "/", "_", "\u200b", "\u00a0", "Mette",
    "mette", "METTE", "Jens", "Bo", "Gurli", "Vestergaard", "født", "den", "3. marts 1984", "f.",
    "tlf.", "+45", "0045", "23 45 67 89", "23456789", "kr", "@", "(at)", "snabel-a", "punktum",
    "dk", "gurli", "example.org", "facebook.com/", "9070", "1234567890", "IBAN", "DK50", "AB",
    "12 345", "Nørregade", "3", "2. tv", "8000", "Aarhus", "c/o", "Ved Kirken", "ApS", "A/S",
    "Café", "Smilet", "den eneste", "smed", "i kommunen", "dømt for", "røveri", "Huntingtons",
    "år", "og", "i", "på", ",", ":", "»", "«", "\n", "'s", "æ", "Å", "ø", "ﬀ", "１２", "٣", "é",
    "\u0301", "🙂", "\x00",
)  # fmt: skip
_RANGES = ((0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x36F), (0x2000, 0x206F), (0xFF00, 0xFFEF))
_LAST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


def strings(count: int, seed: int = 1) -> Iterator[str]:
    """`count` strings, the same for the same seed."""
    source = random.Random(seed)  # noqa: S311  (nothing secret)
    for number in range(count):
        yield _of_pieces(source) if number % 2 else _of_characters(source)


def _of_pieces(source: random.Random) -> str:
    return "".join(
        source.choice(_PIECES) + source.choice(("", " ")) for _ in range(_length(source))
    )


def _of_characters(source: random.Random) -> str:
    return "".join(_character(source) for _ in range(_length(source) * 3))


def _length(source: random.Random) -> int:
    return source.randrange(1, 12)


def _character(source: random.Random) -> str:
    if source.random() < 0.1:
        code = source.randrange(_LAST + 1)
        return "\ufffd" if code in _SURROGATES else chr(code)
    low, high = source.choice(_RANGES)
    return chr(source.randint(low, high))


def fuzz(count: int, check: Callable[[str], Report], seed: int = 1) -> dict[str, object]:
    """Run the check on `count` strings; returns how many raised and how many findings were false.

    A finding is false when its text is not the one at its place. No string is printed.
    """
    raised: Counter[str] = Counter()
    misplaced = 0
    slowest = 0.0
    started = time.perf_counter()
    for text in strings(count, seed):
        before = time.perf_counter()
        try:
            findings = check(text).findings
        except Exception as error:  # what is counted here
            raised[type(error).__name__] += 1
            continue
        slowest = max(slowest, time.perf_counter() - before)
        misplaced += sum(text[f.start : f.end] != f.text for f in findings)
    return {
        "strings": count,
        "raised": sum(raised.values()),
        "errors": dict(raised),
        "misplaced_findings": misplaced,
        "seconds": round(time.perf_counter() - started, 1),
        "slowest_ms": round(1000 * slowest, 1),
    }
