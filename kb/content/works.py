"""Publications and events, tied to their themes."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from kb.models import (
    EventIndexPage,
    EventPage,
    PublicationIndexPage,
    PublicationPage,
    ThemePage,
)

from .files import read
from .pages import ensure_page

if TYPE_CHECKING:
    from people.models import Employee


def load_publications(actor: Employee | None) -> int:
    """Make the missing publications; themes must be there. Returns how many were made."""
    index = PublicationIndexPage.objects.get()
    themes = {theme.number: theme for theme in ThemePage.objects.all()}
    made = 0
    for row in read("publications")["publications"]:
        page = PublicationPage(
            **{
                name: row[name]
                for name in (
                    "title",
                    "slug",
                    "kind",
                    "status",
                    "publisher",
                    "year",
                    "abstract",
                    "reading_state",
                )
            },
            authors="\n".join(row["authors"]),
            link=row["address"],
            is_example=row["origin"] == "demo",
        )
        page.themes = [themes[number] for number in row["themes"]]
        made += ensure_page(index, page, actor) is not None
    return made


def load_events(actor: Employee | None) -> int:
    """Make the missing events; those that another one announces come first."""
    index = EventIndexPage.objects.get()
    themes = {theme.number: theme for theme in ThemePage.objects.all()}
    made = 0
    for row in sorted(read("events")["events"], key=lambda row: row["next_event"] is not None):
        page = EventPage(**_event_fields(row))
        page.themes = [themes[number] for number in row["themes"]]
        made += ensure_page(index, page, actor) is not None
    return made


def _event_fields(row: dict[str, Any]) -> dict[str, Any]:
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
