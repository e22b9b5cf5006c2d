"""Which methods a session used; no person is noted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .sessions import SparringSession


class MethodUse(models.Model):
    """A method that was used in a session."""

    session = models.ForeignKey(
        SparringSession,
        verbose_name=_("sparring"),
        on_delete=models.CASCADE,
        related_name="method_uses",
    )
    method = models.ForeignKey(
        "learning.Method", verbose_name=_("method"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("method used in a session")
        verbose_name_plural = _("methods used in sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "method"], name="method_used_once_in_a_session"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.method_id}"
