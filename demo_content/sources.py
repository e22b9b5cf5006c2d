"""The works that the demo quotes: those of their own file, and those that are publications here."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from wagtail.rich_text import RichText

from sources.models import Source, SourceAuthor
from sources.notes import note_html, with_note_at_end

from .files import read

if TYPE_CHECKING:
    from .bodies import Block

DOI = "https://doi.org/"


def load_sources() -> int:
    """Make the missing sources. Returns how many were made."""
    rows = [
        *read("sources")["sources"],
        *map(_of_publication, read("publications")["publications"]),
    ]
    return sum(_ensure(row) for row in rows)


def source_called(slug: str) -> Source:
    """The source of that address; an unknown one is an error of the content file."""
    return Source.objects.get(slug=slug)


def with_notes(blocks: list[Block], notes: list[dict[str, Any]]) -> list[Block]:
    """A body with its footnotes, each after the block with the number `after`, counted from 0."""
    noted: list[Block] = []
    for place, block in enumerate(blocks):
        noted.append(block)
        for note in notes:
            if note["after"] == place:
                noted += _noted(noted.pop(), source_called(note["source"]), note["quote"])
    return noted


def _noted(block: Block, source: Source, quote: str) -> list[Block]:
    """Running text with the footnote in it; after any other block stands a block of its own."""
    kind, value = block
    if kind == "paragraph":
        text = with_note_at_end(value.source, note_html(source.pk, quote=quote))
        return [(kind, RichText(text))]
    return [block, ("source_note", {"source": source, "quote": quote, "place": ""})]


def _of_publication(row: dict[str, Any]) -> dict[str, Any]:
    """A publication's work: its authors are known by last names, one is written out."""
    address = row["address"]
    doi = address.removeprefix(DOI) if address.startswith(DOI) else ""
    ours = row["origin"] == "demo"
    return {
        **{name: row[name] for name in ("slug", "title", "year")},
        "kind": row["source_kind"],
        "authors": [{"organisation": name} if ours else _person(name) for name in row["authors"]],
        "publisher": row["publisher"] if row["publisher"] != "Ikke oplyst" else "",
        "doi": doi,
        "address": "" if doi else address,
    }


def _person(name: str) -> dict[str, str]:
    given, _space, family = name.rpartition(" ")
    return {"given": given, "family": family}


def _ensure(row: dict[str, Any]) -> int:
    same = ("title", "kind", "year", "publisher", "doi")
    days = row.get("retracted_days_ago")
    source, made = Source.objects.get_or_create(
        slug=row["slug"],
        defaults={name: row[name] for name in same}
        | {
            "url": row["address"],
            "retracted_on": timezone.localdate() - timedelta(days=days) if days else None,
            "retracted_because": row.get("retracted_because", ""),
        },
    )
    if made:
        for order, author in enumerate(row["authors"]):
            SourceAuthor.objects.create(source=source, sort_order=order, **author)
    return int(made)
