"""The demo's events (events/content): made when missing, left alone once editors own them."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from importlib import resources
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from demo_content.bodies import body
from demo_content.guideposts import tag_of
from demo_content.pages import ensure_page
from demo_content.sources import with_notes
from events import demo_life
from events.models import EventIndexPage, EventPage, EventSeries, ProgrammePoint
from kb.models import Person, ThemePage
from people.models import Employee

INTRO = "Det, der kommer, og det, vi tog med hjem fra det, der var."
SAME = ("title", "slug", "place", "online", "speaker", "host", "capacity", "description")
MORE = ("address", "online_link", "came_of_it", "video_link", "video_minutes",
        "transcript")  # fmt: skip


@transaction.atomic
def load() -> dict[str, int]:
    """Make what is missing; themes must be there. Returns how many of each kind were made."""
    home = Site.objects.get(is_default_site=True).root_page
    index = EventIndexPage(title="Arrangementer", slug="arrangementer", intro=INTRO, is_open=True)
    made = int(ensure_page(home, index, None) is not None)
    content = read("events")
    for row in content["series"]:
        EventSeries.objects.get_or_create(
            slug=row["slug"], defaults={"name": row["name"], "intro": row["intro"]}
        )
    return {"lists": made, **_load_events(content["events"])}


def read(name: str) -> Any:
    """The parsed file `events/content/<name>.json`."""
    return json.loads(resources.files("events.content").joinpath(f"{name}.json").read_text("utf-8"))


def _load_events(rows: list[dict[str, Any]]) -> dict[str, int]:
    """Those that another one announces come first."""
    index = EventIndexPage.objects.get()
    themes = {theme.number: theme for theme in ThemePage.objects.all()}
    counts = {"events": 0, "sign-ups": 0}
    for row in sorted(rows, key=lambda row: row["next_event"] is not None):
        page = EventPage(**_fields(row))
        page.themes = [themes[number] for number in row["themes"]]
        page.programme = _programme(row)  # type: ignore[misc]
        if ensure_page(index, page, None) is not None:
            counts["events"] += 1
            counts["sign-ups"] += demo_life.fill(EventPage.objects.get(pk=page.pk), row["more"])
    return counts


def _programme(row: dict[str, Any]) -> list[ProgrammePoint]:
    """The points; the first one is the named speaker's, where there is one."""
    points = [ProgrammePoint(text=text) for text in row["programme"]]
    if row["person"] is not None:
        values = row["person"]
        person, _made = Person.objects.get_or_create(name=values["name"], defaults=values)
        points[0].person = person
    return points


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    start, more = row["start_time"], row["more"]
    return {
        **{name: row[name] for name in (*SAME, "duration_minutes")},
        **{name: more[name] for name in MORE if name in more},
        "body": with_notes(body(more.get("body", [])), more.get("sources", [])),
        "is_open": more.get("is_open", False),
        "date": _day(row),
        "start_time": time.fromisoformat(start) if start else None,
        "summary_points": "\n".join(row["summary_points"]),
        "next_event": EventPage.objects.filter(slug=row["next_event"]).first(),
        "guidepost": tag_of("events", row["slug"]),
        "is_example": row["origin"] == "demo",
        "takes_sign_ups": "sign_ups" in more,
        "series": EventSeries.objects.filter(slug=more.get("series")).first(),
        "organiser": Employee.objects.filter(username=more.get("organiser")).first(),
    }


def _day(row: dict[str, Any]) -> date:
    """The event's date; one given in days from today moves from a weekend to the Monday after."""
    if row["date"]:
        return date.fromisoformat(row["date"])
    day = timezone.localdate() + timedelta(days=row["days_offset"])
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)
