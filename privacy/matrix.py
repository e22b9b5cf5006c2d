"""The access matrix: who may call which address (SEC-01).

Each app declares its addresses in its own `access.py`, found like `admin.py` is. An address that
nobody declared is refused to everybody, and a generated test fails on it. The matrix opens the
door; which rows a person then sees is the query's business (`Case.objects.visible_to(actor)`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

ANYONE = frozenset({"anyone"})
LOGIN = frozenset({"login"})
# What ties a person to what they open, each in its one word of docs/glossary.md.
RELATIONS = frozenset({
    "none", "own", "own case", "participant", "unit", "municipality", "author", "asked",
    "organiser", "key", "open", "visitor", "reviewer",
})  # fmt: skip


@dataclass(frozen=True)
class Access:
    """One line of the matrix.

    view_name: the address' full name, e.g. "sparring:case_detail".
    roles: ANYONE (no login), LOGIN (every employee) or a set of role codes of `people.roles.Role`.
    relation: what ties the person to the object: one of `RELATIONS`.
    actions: HTTP methods that are served.
    section: the part of the knowledge base whose switch lets visitors without login read it too;
        "" for none. What else the address does stays behind the login.
    """

    view_name: str
    roles: frozenset[str]
    relation: str = "none"
    actions: frozenset[str] = frozenset({"GET"})
    section: str = ""

    def allows(self, user: Any) -> bool:
        if self.roles == ANYONE:
            return True
        if user.is_authenticated and user.is_active and self._names(user):
            return True
        return bool(self.section) and _is_open(self.section)

    def _names(self, user: Any) -> bool:
        return self.roles == LOGIN or bool(self.roles & set(user.roles))


def _is_open(section: str) -> bool:
    return any(asked(section) for asked in _openness)


_openness: list[Callable[[str], bool]] = []


def register_openness(asked: Callable[[str], bool]) -> None:
    """Say who knows whether a section is open; its rows live in a room above this one."""
    _openness[:] = [asked]


MATRIX: dict[str, Access] = {}


def declare(
    *view_names: str,
    roles: Iterable[str],
    relation: str = "none",
    actions: Iterable[str] = ("GET",),
    section: str = "",
) -> None:
    """Add one line per address. Declaring an address twice is an error."""
    for view_name in view_names:
        if view_name in MATRIX:
            raise ValueError(f"{view_name} is declared twice in the access matrix.")
        MATRIX[view_name] = Access(
            view_name, frozenset(roles), relation, frozenset(actions), section
        )
