"""One line of the file as a case row, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sparring.enums import ByRole
from sparring.models import Belief
from sparring.models.cases import CODE as CODE_SHAPE
from sparring.models.text_fields import refuse_contacts
from sparring.shared.reasons import TOO_SHORT, is_sentence

from . import columns
from .report import Problem
from .screen import is_cpr

if TYPE_CHECKING:
    from .tables import Table

EARLIEST = date(1970, 1, 1)
MOST_REASON = Belief._meta.get_field("because").max_length or 600
MOST_STRENGTHS, MOST_STRENGTH = 3, 80
DAY_FIRST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")


@dataclass(frozen=True)
class BeliefCell:
    """A belief of the file: whose (ByRole), 0–10, why, on which day."""

    by_role: str
    value: int
    because: str
    on: date


@dataclass(frozen=True)
class ImportRow:
    """A line without faults. None and () mean that the file says nothing there."""

    line: int
    code: str
    unit: str
    employee: str
    target_group: str
    started: date
    contact_form: str | None = None
    beliefs: tuple[BeliefCell, ...] = ()
    action: tuple[str, date] | None = None
    strengths: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The row as JSON types, to be kept until it is confirmed."""
        data = asdict(self)
        data["started"] = self.started.isoformat()
        for belief in data["beliefs"]:
            belief["on"] = belief["on"].isoformat()
        data["action"] = [self.action[0], self.action[1].isoformat()] if self.action else None
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ImportRow:
        """The inverse of `to_dict`."""
        action = data["action"]
        beliefs = (
            BeliefCell(**{**entry, "on": date.fromisoformat(entry["on"])})
            for entry in data["beliefs"]
        )
        return cls(
            **{
                **data,
                "started": date.fromisoformat(data["started"]),
                "beliefs": tuple(beliefs),
                "action": (action[0], date.fromisoformat(action[1])) if action else None,
                "strengths": tuple(data["strengths"]),
            }
        )


@dataclass(frozen=True)
class Lookup:
    """What a line at fault names in our lists, so that those can be checked all the same."""

    line: int
    unit: str
    employee: str
    target_group: str


@dataclass(frozen=True)
class Parsed:
    """The lines without faults, the problems of the others, and what those name in our lists."""

    rows: list[ImportRow]
    problems: list[Problem]
    faulty: list[Lookup]


def parse_rows(table: Table, names: Sequence[str], *, today: date) -> Parsed:
    """Every line as a row or as problems; a code that stands there twice is a problem."""
    parsed = Parsed([], [], [])
    seen: dict[str, int] = {}
    for line, cells in table.lines:
        parser = _Line(line, dict(zip(names, cells, strict=False)), today)
        row = parser.row()
        first = seen.setdefault(parser.code, line) if parser.code else line
        if first != line:
            tell = _("The case code stands in line %d too.")
            parser.problems.append(Problem(line, columns.CODE, tell % first))
        if parser.problems:
            parsed.problems.extend(parser.problems)
            parsed.faulty.append(parser.lookup())
        elif row is not None:
            parsed.rows.append(row)
    return parsed


class _Line:
    """Reads the cells of one line and gathers its problems."""

    def __init__(self, line: int, cells: Mapping[str, str], today: date) -> None:
        self.line, self.cells, self.today = line, cells, today
        self.problems: list[Problem] = []
        self.code = self._code()

    def row(self) -> ImportRow | None:
        """The row; None when a required cell is missing. Look at `problems` first."""
        required = [self._required(name) for name in columns.REQUIRED[1:4]]
        started = self._date(columns.STARTED, required=True)
        beliefs = tuple(self._beliefs())
        contact_form = self._word(columns.CONTACT, columns.CONTACT_FORMS)
        action, strengths = self._action(), self._strengths()
        if not self.code or started is None or not all(required):
            return None
        unit, employee, group = required
        return ImportRow(
            self.line, self.code, unit, employee, group, started,
            contact_form, beliefs, action, strengths,
        )  # fmt: skip

    def lookup(self) -> Lookup:
        """What the line names in our lists, "" where it names nothing."""
        return Lookup(self.line, *(self._cell(name) for name in columns.REQUIRED[1:4]))

    def _problem(self, column: str, text: str) -> None:
        self.problems.append(Problem(self.line, column, text))

    def _cell(self, name: str) -> str:
        return self.cells.get(name, "")

    def _required(self, name: str) -> str:
        cell = self._cell(name)
        if not cell:
            self._problem(name, _("The cell is empty."))
        return cell

    def _code(self) -> str:
        code = self._required(columns.CODE).upper()
        if code and not re.fullmatch(CODE_SHAPE.strip("^$"), code):
            self._problem(columns.CODE, _("Write the code as FJ-0217: letters, a dash, digits."))
            return ""
        return code

    def _date(self, name: str, *, required: bool = False, ahead: bool = False) -> date | None:
        cell = self._required(name) if required else self._cell(name)
        if not cell:
            return None
        day = read_date(cell)
        if day is None:
            self._problem(name, _("Write the date as 2026-11-26, 26-11-2026 or 26.11.2026."))
        elif day > self.today and not ahead:
            self._problem(name, _("The date lies in the future."))
        elif day < EARLIEST:
            self._problem(name, _("The date is too long ago."))
        return day

    def _word(self, name: str, words: Mapping[str, str]) -> str | None:
        cell = self._cell(name)
        if not cell:
            return None
        found = words.get(columns.fold(cell))
        if found is None:
            self._problem(name, _("Write one of: %s.") % columns.danish_words(words))
        return found

    def _text(self, name: str, cell: str, most: int) -> str:
        if is_cpr(cell):
            self._problem(name, _("This looks like a CPR number. Remove it: nobody needs it here."))
        elif len(cell) > most:
            self._problem(name, _("Write %d characters at most.") % most)
        else:
            self._contacts(name, cell)
        return cell

    def _contacts(self, name: str, cell: str) -> None:
        """What would let anybody reach the citizen. The report may be kept: it quotes nothing."""
        try:
            refuse_contacts(cell)
        except ValidationError as error:
            self._problem(name, str(error.message))

    def _beliefs(self) -> Iterator[BeliefCell]:
        for role, names in (
            (ByRole.CASEWORKER, columns.CASEWORKER_BELIEF),
            (ByRole.CITIZEN, columns.CITIZEN_BELIEF),
        ):
            belief = self._belief(role, *names)
            if belief is not None:
                yield belief

    def _belief(self, role: str, value: str, because: str, on: str) -> BeliefCell | None:
        if not any(self._cell(name) for name in (value, because, on)):
            return None
        number = self._value(value)
        reason = self._reason(role, because)
        day = self._date(on, required=True)
        if number is None or not reason or day is None:
            return None
        return BeliefCell(role, number, reason, day)

    def _reason(self, role: str, name: str) -> str:
        """A sentence, as on the pages; what a citizen said stands as it was said."""
        before = len(self.problems)
        reason = self._text(name, self._required(name), MOST_REASON)
        if len(self.problems) == before and role != ByRole.CITIZEN and not is_sentence(reason):
            self._problem(name, str(TOO_SHORT))
        return reason

    def _value(self, name: str) -> int | None:
        cell = self._required(name)
        if not cell:
            return None
        if not re.fullmatch(r"(10|[0-9])([.,]0+)?", cell):
            self._problem(name, _("Write a whole number from 0 to 10."))
            return None
        return int(re.split(r"[.,]", cell)[0])

    def _action(self) -> tuple[str, date] | None:
        if not (self._cell(columns.ACTION) or self._cell(columns.ACTION_STARTED)):
            return None
        self._required(columns.ACTION)
        kind = self._word(columns.ACTION, columns.ACTION_KINDS)
        started = self._date(columns.ACTION_STARTED, required=True, ahead=True)
        return (kind, started) if kind and started else None

    def _strengths(self) -> tuple[str, ...]:
        parts = re.split(r"[|,]", self._cell(columns.STRENGTHS))
        strengths = tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
        if len(strengths) > MOST_STRENGTHS:
            self._problem(columns.STRENGTHS, _("Write three strengths at most, divided by |."))
        for strength in strengths:
            self._text(columns.STRENGTHS, strength, MOST_STRENGTH)
        return strengths


def read_date(cell: str) -> date | None:
    """A date as ISO, dd-mm-yyyy or dd.mm.yyyy; None for anything else."""
    try:
        if found := DAY_FIRST.fullmatch(cell):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        return date.fromisoformat(cell) if re.fullmatch(r"\d{4}-\d\d-\d\d", cell) else None
    except ValueError:
        return None
