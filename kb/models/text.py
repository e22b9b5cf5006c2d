"""Lists that editors type as text, one point per line."""

from __future__ import annotations


def lines(text: str) -> list[str]:
    """The points of `text`, one per line; empty lines are dropped."""
    return [line.strip() for line in text.splitlines() if line.strip()]
