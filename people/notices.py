"""Where a room says how its messages read (imports point downwards only).

@register_notice("sparring.follow_up")
def follow_up_line(employee, object_id): return Line(_("…"), reverse(…))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from people.models import Employee


@dataclass(frozen=True)
class Line:
    """One sentence without anything about a case, and the path behind login that it leads to."""

    text: str
    path: str


Writer = Callable[["Employee", str], Line | None]
_writers: dict[str, Writer] = {}


def register_notice(source: str) -> Callable[[Writer], Writer]:
    """Register the writer of a source's lines.

    It is called when the message goes out, in Danish, and answers None when the message is
    overtaken or no longer concerns the person.
    """

    def register(writer: Writer) -> Writer:
        _writers[source] = writer
        return writer

    return register


def line_of(source: str, employee: Employee, object_id: str) -> Line | None:
    """What to write about the object now; None for nothing."""
    writer = _writers.get(source)
    return writer(employee, object_id) if writer else None
