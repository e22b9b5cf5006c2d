"""The content files, loaded once, and what the content tests share (demo_content/README.md)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import demo_content

CONTENT = Path(demo_content.__file__).parent
# Rooms above bring their own; demo_content/README.md describes all of it.
FOLDERS = [
    CONTENT,
    *sorted(CONTENT.parent.glob("*/content")),
    CONTENT.parent / "sparring" / "habits",
    CONTENT.parent / "sparring" / "strengths",
]
CASELOAD = CONTENT.parent / "demo" / "caseload.csv"
PATHS = {path.name: path for folder in FOLDERS for path in folder.glob("*.json")}
FILES = sorted(PATHS)
WRITTEN = date(2026, 11, 22)
"""When the content was written: nothing real in it is later."""


def load(name: str) -> Any:
    return json.loads(PATHS[name].read_text(encoding="utf-8"))


THEMES = load("themes.json")["themes"]
STORIES = load("stories.json")["stories"]
PUBLICATIONS = load("publications.json")["publications"]
EVENTS = load("events.json")["events"]
METHODS = load("methods.json")
OFFERS = load("offers.json")["offers"]
PHRASES = load("phrases.json")["phrases"]
GUIDEPOSTS = load("guideposts.json")["guideposts"]
FIGURES = load("figures.json")["figures"]
EVIDENCE = load("evidence.json")["evidence"]
PERSONS = load("persons.json")["persons"]
ARTICLES = load("articles.json")["articles"]
PAGES = load("pages.json")
PEOPLE = load("people.json")
CASES = load("cases.json")
NUMBERS = {theme["number"] for theme in THEMES}


def strings(value: Any) -> list[str]:
    """Every text in a value, keys left out."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return [value] if isinstance(value, str) else []


def word_count(value: Any) -> int:
    return sum(len(text.split()) for text in strings(value))


def unique(values: list[Any]) -> bool:
    return len(values) == len(set(values))


def check_blocks(blocks: list[dict[str, Any]]) -> None:
    for block in blocks:
        expected = list if block["type"] == "list" else str
        assert block["type"] in {"heading", "paragraph", "quote", "list"}
        assert isinstance(block["value"], expected)
        assert all(text.strip() for text in strings(block["value"]))
        assert ("attribution" in block) is (block["type"] == "quote")
