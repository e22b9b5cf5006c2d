"""The starter list: strengths to point at, when one's own are hard to find words for.

Data in our own words, and nothing but what somebody can be glad to read of themselves.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Group(NamedTuple):
    """Strengths that belong together."""

    heading: str
    strengths: tuple[str, ...]


@cache
def starters() -> tuple[Group, ...]:
    """The list, read once."""
    file = Path(__file__).parent / "starters.json"
    groups = json.loads(file.read_text(encoding="utf-8"))["groups"]
    return tuple(Group(group["heading"], tuple(group["strengths"])) for group in groups)


def starter_texts() -> list[str]:
    """All of them in one list."""
    return [text for group in starters() for text in group.strengths]
