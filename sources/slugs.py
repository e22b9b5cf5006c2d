"""The last part of an address, made of a Danish title."""

from __future__ import annotations

from collections.abc import Container

from django.utils.text import slugify

LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa"})
LONGEST = 80


def slug_of(title: str, *, without: str = "kilde", used: Container[str] = ()) -> str:
    """A slug that is not `used`; `without` where the title has no letters."""
    slug = slugify(title.translate(LETTERS))[:LONGEST].strip("-") or without
    number, free = 2, slug
    while free in used:
        free, number = f"{slug}-{number}", number + 1
    return free
