"""Notes of a session: everybody's own, shown together, and what was changed a moment ago."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Employee

from .sessions import SparringSession
from .text_fields import CaseTextField

MOST_LETTERS = 8000


class SessionNote(models.Model):
    """What one person writes in a session. Nobody else's writing can overwrite it.

    `version` counts its changes, so that a page knows whether it shows the newest.
    """

    session = models.ForeignKey(SparringSession, on_delete=models.PROTECT, related_name="notes")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    text = CaseTextField(_("notes"), blank=True, max_length=MOST_LETTERS)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("note of a session")
        verbose_name_plural = _("notes of sessions")
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "employee"], name="note_once_per_person_and_session"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.employee_id} {self.version}"


class EarlierNote(models.Model):
    """A note as it stood before something in it was changed or taken out; kept for 25 minutes."""

    note = models.ForeignKey(SessionNote, on_delete=models.CASCADE, related_name="earlier")
    text = CaseTextField(_("notes"), max_length=MOST_LETTERS)
    replaced_at = models.DateTimeField(_("replaced"), db_index=True)

    class Meta:
        verbose_name = _("earlier note of a session")
        verbose_name_plural = _("earlier notes of sessions")
        ordering = ["-replaced_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.note_id} {self.replaced_at:%H:%M:%S}"
