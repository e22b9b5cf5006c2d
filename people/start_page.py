"""The editors' start page: a panel for each kind of thing that waits for whoever looks.

A room adds its panels in its `wagtail_hooks.py`, with the hook `construct_homepage_panels` and
`add_panels`. A panel says which rows wait; all panels of the page ask together, in one query.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.db.models import DateTimeField, Field, IntegerField, TextField, Value, Window
from django.db.models.functions import Cast, RowNumber
from django.utils import formats, timezone
from wagtail.admin.ui.components import Component

from people.models import Employee

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable
    from django.http import HttpRequest
    from django.utils.functional import Promise

MOST, FIRST = 100, 3
# What a row is made of, as the columns of one query about things of many kinds.
COLUMNS: dict[str, Field[Any, Any]] = {
    "title": TextField(),
    "key": TextField(),
    "kind": IntegerField(),
    "word": TextField(),
    "number": IntegerField(),
    "moment": DateTimeField(),
}


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what it is, where it is done, and what else helps to choose."""

    title: str
    url: str
    detail: str | Promise = ""


class Row(NamedTuple):
    """The same as the database tells it; `kind` is the id of a content type."""

    title: str
    key: str
    kind: int | None
    word: str | None
    number: int | None
    moment: datetime | None

    @property
    def day(self) -> str:
        """The day of the moment in words; "" without one."""
        return date_in_words(timezone.localdate(self.moment)) if self.moment else ""


@dataclass(frozen=True)
class Found:
    """Rows that wait, the most pressing first by `order`; `columns` says where a `Row` is from."""

    rows: QuerySet[Any, Any]
    order: Sequence[Any]
    columns: Mapping[str, str | Combinable]


class Place(Window):
    """The place of a row in its panel. Rows that are counted together are not grouped by it."""

    def __init__(self, order: Sequence[Any]) -> None:
        super().__init__(RowNumber(), order_by=list(order))

    def get_group_by_cols(self) -> list[Any]:
        return []


class StartPanel(Component):
    """A subclass says what waits (`found`, `say`), for whom, and what to say of nothing."""

    template_name = "people/admin/start_panel.html"
    name: ClassVar[str]
    order: ClassVar[int]
    heading: ClassVar[str | Promise]
    nothing: ClassVar[str | Promise]

    def __init__(self, employee: Employee, beside: Iterable[Any]) -> None:
        """`beside`: all that stands on the page; the panels among it are asked for together."""
        self.employee = employee
        self.beside = beside
        self.rows: list[Row] | None = None

    def is_shown(self) -> bool:
        """Whether the employee's role has to do with it."""
        raise NotImplementedError

    def found(self) -> Found:
        """What waits; at most `MOST` of it is asked for."""
        raise NotImplementedError

    def say(self, row: Row) -> Waiting:
        """A row in words."""
        raise NotImplementedError

    def report(self) -> str:
        """The address of all of it; without one, the rest is folded in."""
        return ""

    def query(self) -> QuerySet[Any, Any]:
        """What `ask` joins with the same of the other panels."""
        found = self.found()
        columns = {
            f"waiting_{name}": Cast(found.columns.get(name, Value(None)), field)
            for name, field in COLUMNS.items()
        }
        rows = found.rows.annotate(
            waiting_panel=Value(self.name, TextField()),
            waiting_place=Place(found.order),
            **columns,
        )
        ordered = rows.order_by(*found.order)
        return ordered.values_list("waiting_panel", "waiting_place", *columns)[:MOST]

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        if self.rows is None:
            ask([panel for panel in self.beside if isinstance(panel, StartPanel)])
        rows = [self.say(row) for row in self.rows or ()]
        report = self.report()
        return {
            "panel": self,
            "count": f"{MOST}+" if len(rows) == MOST else str(len(rows)),
            "first": rows[:FIRST],
            "rest": [] if report else rows[FIRST:],
            "report": report if len(rows) > 0 else "",
        }


def ask(panels: Sequence[StartPanel]) -> None:
    """Fetch the rows of all of them at once."""
    first, *others = (panel.query() for panel in panels)
    together = first.union(*others, all=True) if others else first
    rows: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for panel, place, *columns in together:
        rows[panel].append((place, Row(*columns)))
    for panel in panels:
        panel.rows = [row for _place, row in sorted(rows[panel.name], key=_place_of)]


def _place_of(placed: tuple[int, Row]) -> int:
    return placed[0]


def date_in_words(day: date) -> str:
    """As a row says it: "29. november 2026"."""
    return formats.date_format(day, "j. F Y")


def add_panels(request: HttpRequest, panels: list[Any], kinds: Iterable[type[StartPanel]]) -> None:
    """Add those of the kinds that are for whoever looks."""
    if isinstance(request.user, Employee):
        made = [kind(request.user, panels) for kind in kinds]
        panels.extend(panel for panel in made if panel.is_shown())
