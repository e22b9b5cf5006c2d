"""What employees most agree with in a theme's dilemmas. There is no right answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy.fields import SafeCharField


class DilemmaAnswer(models.Model):
    """One employee's position on one dilemma; it can be changed, and is shown to nobody else."""

    theme = models.ForeignKey(
        "kb.ThemePage",
        verbose_name=_("theme"),
        on_delete=models.CASCADE,
        related_name="dilemma_answers",
    )
    dilemma = models.UUIDField(_("dilemma"))
    position = models.UUIDField(_("position"))
    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("employee"),
        on_delete=models.CASCADE,
        related_name="dilemma_answers",
    )
    reason = SafeCharField(_("why"), max_length=400, blank=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("answer to a dilemma")
        verbose_name_plural = _("answers to dilemmas")
        constraints = [
            models.UniqueConstraint(
                fields=["dilemma", "employee"], name="dilemma_answered_once_by_each"
            )
        ]

    def __str__(self) -> str:
        return str(self.dilemma)
