"""Notes of a session: saved, brought back, and what is older than 25 minutes forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sparring.models import EarlierNote, SessionNote, SparringSession
from sparring.notes.merging import merged
from sparring.notes.queries.notes import RECOVERABLE, WITH_NOTES, writer
from sparring.shared import guards
from sparring.shared.case_audit import record

if TYPE_CHECKING:
    from people.models import Employee


@transaction.atomic
def write_note(
    *,
    actor: Employee,
    session: SparringSession,
    text: str,
    base: str | None = None,
    at: datetime | None = None,
) -> SessionNote:
    """Save what the actor has written; the others' notes are untouched.

    `base` is what their page showed when it was last saved, None for what is stored: what was
    written on another device meanwhile is put together with this. Raises PermissionDenied for who
    is not in the session, ValidationError on "text" for a CPR number or more than 8,000 letters.
    """
    session = _locked(session, actor)
    now = guards.moment(at)
    note = SessionNote.objects.filter(session=session, employee=actor).first()
    note = note or SessionNote(session=session, employee=actor, saved_at=now)
    new = merged(base=note.text if base is None else base, mine=text, stored=note.text)
    return _replace(note, new, now)


@transaction.atomic
def bring_back(
    *, actor: Employee, session: SparringSession, earlier: EarlierNote, at: datetime | None = None
) -> SessionNote:
    """Let the actor's note stand again as it did; what it says now can be brought back too.

    Raises PermissionDenied for another's note, ValidationError when it is over 25 minutes old.
    """
    session = _locked(session, actor)
    note = SessionNote.objects.get(pk=earlier.note_id)
    if note.employee_id != actor.pk or note.session_id != session.pk:
        raise PermissionDenied("Only who wrote a note brings it back.")
    now = guards.moment(at)
    if earlier.replaced_at <= now - RECOVERABLE:
        raise ValidationError(_("That is more than 25 minutes ago."), code="gone")
    return _replace(note, earlier.text, now)


def forget_earlier() -> int:
    """Remove how notes stood more than 25 minutes ago; return how many. Twice does nothing more."""
    old = EarlierNote.objects.filter(replaced_at__lte=timezone.now() - RECOVERABLE)
    return old.delete()[0]


def _locked(session: SparringSession, actor: Employee) -> SparringSession:
    """The session's row, locked; its notes are written one after the other."""
    session = (
        SparringSession.objects.select_for_update(of=("self",))
        .select_related("case")
        .get(pk=session.pk)
    )
    if not actor.is_active or writer(session, actor) is None:
        raise PermissionDenied("The actor is not in this session.")
    if session.state not in WITH_NOTES:
        raise ValidationError(_("Notes are taken while the session runs."), code="state")
    return session


def _replace(note: SessionNote, text: str, now: datetime) -> SessionNote:
    """Save the new text. One that only grew holds the old; else the old is kept for a while."""
    before = note.text
    if text == before:
        return note
    note.text, note.saved_at = text, now
    note.version += 1
    guards.clean(note)
    note.save()
    if before.strip() and not text.startswith(before):
        EarlierNote.objects.create(note=note, text=before, replaced_at=now)
        note.earlier.filter(replaced_at__lte=now - RECOVERABLE).delete()
    record(note.session, note.employee, "session.notes", version=note.version)
    return note
