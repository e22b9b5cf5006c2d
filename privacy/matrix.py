"""The access matrix: who may call which address (SEC-01).

Each app declares its addresses in its own `access.py`, found like `admin.py` is. An address that
nobody declared is refused to everybody, and a generated test fails on it. The matrix opens the
door; which rows a person then sees is the query's business (`Case.objects.visible_to(actor)`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

ANYONE = frozenset({"anyone"})
LOGIN = frozenset({"login"})


@dataclass(frozen=True)
class Access:
    """One line of the matrix.

    view_name: the address' full name, e.g. "sparring:case_detail".
    roles: ANYONE (no login), LOGIN (every employee) or a set of role codes of `people.roles.Role`.
    relation: what ties the person to the object, in words of the matrix: "none", "own case",
        "participant", "unit", "municipality", "author", "reader".
    actions: HTTP methods that are served.
    """

    view_name: str
    roles: frozenset[str]
    relation: str = "none"
    actions: frozenset[str] = frozenset({"GET"})

    def allows(self, user: Any) -> bool:
        if self.roles == ANYONE:
            return True
        if not user.is_authenticated or not user.is_active:
            return False
        return self.roles == LOGIN or bool(self.roles & set(user.roles))


MATRIX: dict[str, Access] = {}


def declare(
    *view_names: str,
    roles: Iterable[str],
    relation: str = "none",
    actions: Iterable[str] = ("GET",),
) -> None:
    """Add one line per address. Declaring an address twice is an error."""
    for view_name in view_names:
        if view_name in MATRIX:
            raise ValueError(f"{view_name} is declared twice in the access matrix.")
        MATRIX[view_name] = Access(view_name, frozenset(roles), relation, frozenset(actions))
