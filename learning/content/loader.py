"""Methods and training programmes from the packaged file: made when missing, then left alone."""

from __future__ import annotations

from typing import Any

from kb.content.files import read
from kb.models import ThemePage
from learning.models import Method, Programme


def content() -> Any:
    """The parsed `learning/content/methods.json` (kb/content/README.md)."""
    return read("methods", "learning.content")


def load_methods() -> int:
    """Make the missing methods, with their themes. Returns how many were made."""
    same = ("name", "minutes", "participants", "purpose", "when", "when_not")
    made = 0
    for row in content()["methods"]:
        fields = {name: row[name] for name in same} | {"steps": "\n".join(row["steps"])}
        method, new = Method.objects.get_or_create(slug=row["slug"], defaults=fields)
        if new:
            method.themes.set(ThemePage.objects.filter(number__in=row["themes"]))
            made += 1
    return made


def load_programmes() -> int:
    """The levels of the education; unknown values, such as the points, stay empty."""
    row = content()["programme"]
    return sum(
        Programme.objects.get_or_create(
            slug=level["slug"],
            defaults={
                "name": row["name"],
                "level": level["name"],
                "modules": "\n".join(level["modules"]),
                "valid_months": level["valid_months"],
                "note": row["note"],
                "position": position,
            },
        )[1]
        for position, level in enumerate(row["levels"], start=1)
    )
