"""What a key figure has said, version by version, as readers saw it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from wagtail.models import ModelLogEntry, Revision

from kb.models import KeyFigure

# What a reader is told of when it changes, in the order of the page.
SHOWN = (
    "statement", "values", "unit", "population", "comparison", "horizon", "adjustment",
    "base_figure", "source", "source_place", "source_quote", "reading_a", "reading_b", "note",
    "valid_on", "retired_on",
)  # fmt: skip
FIELDS = {field.name: field for field in KeyFigure._meta.fields}


@dataclass(frozen=True)
class Version:
    """A published version: when, what it said, and what was new in it; nothing in the first."""

    published_at: datetime
    statement: str
    changed: list[str]


def history_of(figure: KeyFigure) -> list[Version]:
    """The published versions, newest first; drafts that nobody has published are not among them."""
    return list(_versions(figure))[::-1]


def _versions(figure: KeyFigure) -> Iterator[Version]:
    before: dict[str, Any] | None = None
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(figure),
        object_id=str(figure.pk),
        action="wagtail.publish",
    ).order_by("timestamp", "pk")
    contents = Revision.objects.in_bulk([entry.revision_id for entry in entries])
    for entry in entries:
        revision = contents.get(entry.revision_id)
        if revision is None:
            continue
        content = revision.content
        changed = [] if before is None else _changed(before, content)
        if before is None or changed:
            yield Version(entry.timestamp, content["statement"], changed)
        before = content


def _changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The names of the fields that differ, as readers and editors know them."""
    return [
        capfirst(str(FIELDS[name].verbose_name))
        for name in SHOWN
        if _said(name, before) != _said(name, after)
    ]


def _said(name: str, content: dict[str, Any]) -> Any:
    """A field as a version holds it; the values without the ids of their blocks."""
    value = content.get(name)
    if name == "values" and isinstance(value, str):
        return [{**block, "id": ""} for block in json.loads(value)]
    return value
