"""Who writes notes in a session, and what each reader sees of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from sparring.enums import ParticipantRole, SessionState
from sparring.models.access_rule import access_is_active

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.models import EarlierNote, Participation, SessionNote, SparringSession

RECOVERABLE = timedelta(minutes=25)
WITH_NOTES = (SessionState.RUNNING, SessionState.AWAITING_OUTCOME)


@dataclass(frozen=True)
class NotesSeen:
    """The notes of a session as one visitor sees them: their own, and the others'."""

    visitor: Employee
    notes: list[SessionNote]

    @cached_property
    def own(self) -> SessionNote | None:
        return next((note for note in self.notes if note.employee_id == self.visitor.pk), None)

    @property
    def written(self) -> list[SessionNote]:
        """Everybody's, but the empty ones."""
        return [note for note in self.notes if note.text.strip()]

    @property
    def others(self) -> list[SessionNote]:
        return [note for note in self.written if note.employee_id != self.visitor.pk]

    @property
    def version(self) -> tuple[tuple[int, int], ...]:
        """Changes with every change of any of them."""
        return tuple((note.pk, note.version) for note in self.notes)


def writer(session: SparringSession, employee: Employee) -> Participation | None:
    """The place of somebody who takes notes: everybody in it but who has handed the case over."""
    participations = session.participations.filter(access_is_active(), employee=employee)
    return participations.exclude(role=ParticipantRole.FORMER).first()


def seen_by(session: SparringSession, visitor: Employee) -> NotesSeen:
    """The notes of a session that the visitor is in; one query."""
    return NotesSeen(visitor, list(session.notes.select_related("employee").order_by("pk")))


def text_of(session: SparringSession) -> str:
    """All notes below each other without their authors, first those of who brings the case."""
    notes = session.notes.exclude(text="").order_by("pk")
    owner = session.case.owner_id
    in_order = sorted(notes, key=lambda note: note.employee_id != owner)
    return "\n".join(note.text.strip() for note in in_order if note.text.strip())


def earlier_of(note: SessionNote, *, at: datetime) -> list[EarlierNote]:
    """How the note stood at times in the last 25 minutes, the newest first."""
    return list(note.earlier.filter(replaced_at__gt=at - RECOVERABLE))
