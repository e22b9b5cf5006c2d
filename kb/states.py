"""How a row goes from state to state, as tables that the verbs ask and the diagrams are drawn from.

An app writes its tables in its `states.py`, as subclasses of StateTable. A verb never sets a state
by itself: it asks `starts_from` before it begins, and lets `take` set it. So what is drawn is what
can happen; tests/project/test_states.py refuses a state that is set past its table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from django.db.models import Model, TextChoices


class ImpossibleStep(RuntimeError):
    """A verb took a step from a state in which it cannot begin: a fault in the code."""


@dataclass(frozen=True)
class Step:
    """One way to a state.

    happens: what somebody does, or the clock, in the words of the glossary. sources: the states in
    which it can begin; none for a new row.
    """

    happens: str
    sources: tuple[str, ...]
    target: str

    def starts_from(self, state: str) -> bool:
        """Whether the step can begin in this state."""
        return state in self.sources

    def take(self, row: Model, field: str = "state") -> None:
        """Set the row's state, which is saved by the caller. Raises ImpossibleStep."""
        if not self.starts_from(getattr(row, field)):
            raise ImpossibleStep(f"{self.happens}: not from {getattr(row, field)!r}")
        setattr(row, field, self.target)


class StateTable:
    """The steps of one thing, as class attributes; `states` are all there are.

    A table's docstring stands above its diagram.
    """

    title: ClassVar[str]
    states: ClassVar[type[TextChoices | StrEnum]]

    @classmethod
    def steps(cls) -> Iterable[Step]:
        """Return the steps in the order in which they are written."""
        return [value for value in vars(cls).values() if isinstance(value, Step)]
