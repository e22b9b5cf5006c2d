"""Addresses of stories. Pure."""

from __future__ import annotations

import hashlib

from django.utils.text import slugify

LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa"})
# First parts of addresses that are pages of their own (stories/urls.py).
RESERVED = frozenset(
    {
        "ny",
        "mine",
        "kladde",
        "laesning",
        "laeseliste",
        "oensker",
        "eftersyn",
        "emne",
        "foelger",
        "rss",
        "rss-egen",
    }
)
LONGEST = 80


def story_slug(title: str) -> str:
    """From "Ny sagsbehandler, samme mand" to "ny-sagsbehandler-samme-mand".

    It is never empty or reserved.
    """
    slug = slugify(title.translate(LETTERS))[:LONGEST].strip("-") or "historie"
    return f"historie-{slug}" if slug in RESERVED or slug.isdigit() else slug


def address_hash(slug: str) -> str:
    """What a tombstone keeps of an address."""
    return hashlib.sha256(slug.encode()).hexdigest()
