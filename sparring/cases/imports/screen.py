"""The first look at a file: numbers and names of citizens send it back, nothing read further."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

import privacy
from privacy.anonymity import contains_cpr

from .columns import FREE_TEXT, LOOKED_UP, fold
from .report import ImportRefused

if TYPE_CHECKING:
    from .tables import Table

# One number in a reason is a slip that its line reports; this many is a column of numbers.
CPR_CELLS_IN_TEXT = 3
NAMES_SHARE = 0.2
SIX_DIGITS = re.compile(r"(?:\d\D{0,3}){6}")
WORDS = re.compile(r"[^\W\d_]+")
NAME = re.compile(r"[^\W\d_]+(?:[-'’. ]+[^\W\d_]+){0,4}\.?")
CPR_HEADINGS = frozenset({"cpr", "cprnr", "cprnummer", "personnummer", "personnr", "cvrcpr"})
NAME_HEADINGS = frozenset({"navn", "name", "borger", "klient"})


def screen_headings(headings: Sequence[str], names: Sequence[str]) -> None:
    """Refuse a file whose headings announce numbers or names. `names` are our columns' names.

    Raises ImportRefused; the text tells the column and the reason, never a number or a name.
    """
    for index, (heading, name) in enumerate(zip(headings, names, strict=True)):
        if not name:
            _screen_heading(heading, called(index, name))


def screen(table: Table, names: Sequence[str]) -> None:
    """The same for what the columns hold: many names, or CPR numbers."""
    for index, name in enumerate(names):
        cells = [row[index] for _line, row in table.lines if index < len(row) and row[index]]
        if _has_cpr(cells, CPR_CELLS_IN_TEXT if name in FREE_TEXT else 1):
            raise ImportRefused(_cpr_refusal(called(index, name)))
        if name not in LOOKED_UP and _has_names(cells):
            raise ImportRefused(_name_refusal(called(index, name)))


def called(index: int, name: str) -> str:
    """How a message names a column: ours by their names, others by their place."""
    return f"»{name}«" if name else _("number %d") % (index + 1)


def _screen_heading(heading: str, where: str) -> None:
    words = set(WORDS.findall(fold(heading)))
    if words & CPR_HEADINGS or is_cpr(heading):
        raise ImportRefused(_cpr_refusal(where))
    if words & NAME_HEADINGS or any(word.endswith("navn") for word in words):
        raise ImportRefused(_name_refusal(where))


def is_cpr(cell: str) -> bool:
    """Whether a cell holds a CPR number; cells with few digits are not looked at closely."""
    return SIX_DIGITS.search(cell) is not None and contains_cpr(cell)


def _has_cpr(cells: Iterable[str], enough: int) -> bool:
    found = 0
    for cell in cells:
        found += is_cpr(cell)
        if found >= enough:
            return True
    return False


def _has_names(cells: Sequence[str]) -> bool:
    count = sum(looks_like_name(cell) for cell in cells)
    return count >= max(2, NAMES_SHARE * len(cells)) or (0 < count == len(cells))


def looks_like_name(cell: str) -> bool:
    """Whether a whole cell reads as somebody's name: a first name, or one with a surname."""
    if not NAME.fullmatch(cell) or cell[:1].islower():
        return False
    words = WORDS.findall(cell.casefold())
    return words[0] in _list("first_names") or (len(words) > 1 and words[-1] in _list("last_names"))


@lru_cache
def _list(name: str) -> frozenset[str]:
    file = Path(privacy.__file__).parent / "anonymity" / "data" / f"{name}.txt"
    lines = file.read_text(encoding="utf-8").splitlines()
    words = (word for line in lines if not line.startswith("#") for word in line.split())
    return frozenset(word.casefold() for word in words)


def _cpr_refusal(column: str) -> str:
    tell = _(
        "Column %s holds CPR numbers. The file is refused and nothing of it is stored. "
        "Remove the column and use your own case codes."
    )
    return tell % column


def _name_refusal(column: str) -> str:
    tell = _(
        "Column %s looks like names of people. The file is refused and nothing of it is stored. "
        "Remove the column: a case is known by its code only."
    )
    return tell % column
