"""From the plain text of the content files to StreamField data."""

from __future__ import annotations

from typing import Any

from django.utils.html import escape
from wagtail.rich_text import RichText

from kb.models import KeyFigure

Block = tuple[str, Any]


def rich_text(text: str) -> RichText:
    """One paragraph of plain text as the editor stores it."""
    return RichText(f"<p>{escape(text)}</p>")


def body(blocks: list[dict[str, Any]]) -> list[Block]:
    """The blocks of a page's body; an unknown type is an error of the content file."""
    return [_block(block) for block in blocks]


def _block(block: dict[str, Any]) -> Block:
    value = block["value"]
    match block["type"]:
        case "heading":
            return "heading", value
        case "paragraph":
            return "paragraph", rich_text(value)
        case "list":
            return "points", value
        case "quote":
            return "quote", {"text": value, "attribution": block.get("attribution", "")}
        case "figure":
            return "key_figure", KeyFigure.objects.get(key=value)
        case unknown:
            raise ValueError(f"Unknown block type {unknown!r} in the content files.")


def dilemmas(rows: list[dict[str, Any]]) -> list[Block]:
    """A theme's dilemmas as its page stores them; each row has a question and its positions."""
    return [
        ("dilemma", {"question": row["question"], "positions": row["positions"]}) for row in rows
    ]
