"""The demo's events (events/content): made when missing, left alone once editors own them."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from importlib import resources
from typing import Any

from django.db import transaction
from django.utils import timezone

from events.models import EventIndexPage, EventPage
from kb.content.pages import ensure_page
from kb.models import HomePage, ThemePage

INTRO = "Det, der kommer, og det, vi tog med hjem fra det, der var."


@transaction.atomic
def load() -> dict[str, int]:
    """Make what is missing; themes must be there. Returns how many of each kind were made."""
    home = HomePage.objects.get()
    index = EventIndexPage(title="Arrangementer", slug="arrangementer", intro=INTRO)
    made = int(ensure_page(home, index, None) is not None)
    return {"lists": made, "events": _load_events()}


def read(name: str) -> Any:
    """The parsed file `events/content/<name>.json`."""
    return json.loads(resources.files("events.content").joinpath(f"{name}.json").read_text("utf-8"))


def _load_events() -> int:
    """Those that another one announces come first."""
    index = EventIndexPage.objects.get()
    themes = {theme.number: theme for theme in ThemePage.objects.all()}
    made = 0
    for row in sorted(read("events")["events"], key=lambda row: row["next_event"] is not None):
        page = EventPage(**_fields(row))
        page.themes = [themes[number] for number in row["themes"]]
        made += ensure_page(index, page, None) is not None
    return made


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    same = ("title", "slug", "place", "online", "speaker", "host", "capacity", "description")
    start = row["start_time"]
    return {
        **{name: row[name] for name in (*same, "duration_minutes")},
        "date": _day(row),
        "start_time": time.fromisoformat(start) if start else None,
        "programme": "\n".join(row["programme"]),
        "summary_points": "\n".join(row["summary_points"]),
        "next_event": EventPage.objects.filter(slug=row["next_event"]).first(),
        "is_example": row["origin"] == "demo",
    }


def _day(row: dict[str, Any]) -> date:
    """The event's date; one given in days from today moves from a weekend to the Monday after."""
    if row["date"]:
        return date.fromisoformat(row["date"])
    day = timezone.localdate() + timedelta(days=row["days_offset"])
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)
