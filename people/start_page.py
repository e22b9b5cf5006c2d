"""The editors' start page: a panel for each kind of thing that waits for whoever looks.

A room adds its panels in its `wagtail_hooks.py`, with the hook `construct_homepage_panels` and
`add_panels`. A panel asks once: one query, at most `MOST` rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import formats
from wagtail.admin.ui.components import Component

from people.models import Employee

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest
    from django.utils.functional import Promise

MOST, FIRST = 100, 3


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what it is, where it is done, and what else helps to choose."""

    title: str
    url: str
    detail: str | Promise = ""


class StartPanel(Component):
    """A subclass says what waits (`rows`, up to `MOST`), for whom, and what to say of nothing."""

    template_name = "people/admin/start_panel.html"
    name: ClassVar[str]
    order: ClassVar[int]
    heading: ClassVar[str | Promise]
    nothing: ClassVar[str | Promise]

    def __init__(self, employee: Employee) -> None:
        self.employee = employee

    def is_shown(self) -> bool:
        """Whether the employee's role has to do with it."""
        raise NotImplementedError

    def rows(self) -> Iterable[Waiting]:
        """What waits, the most pressing first; one query."""
        raise NotImplementedError

    def report(self) -> str:
        """The address of all of it; without one, the rest is folded in."""
        return ""

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        rows = list(self.rows())[:MOST]
        report = self.report()
        return {
            "panel": self,
            "count": f"{MOST}+" if len(rows) == MOST else str(len(rows)),
            "first": rows[:FIRST],
            "rest": [] if report else rows[FIRST:],
            "report": report if len(rows) > 0 else "",
        }


def date_in_words(day: date) -> str:
    """As a row says it: "29. november 2026"."""
    return formats.date_format(day, "j. F Y")


def add_panels(request: HttpRequest, panels: list[Any], kinds: Iterable[type[StartPanel]]) -> None:
    """Add those of the kinds that are for whoever looks."""
    if isinstance(request.user, Employee):
        made = [kind(request.user) for kind in kinds]
        panels.extend(panel for panel in made if panel.is_shown())
