"""Words of the law that stories lean on: a word that no longer holds sends them back (F7)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.fields import SafeCharField, SafeTextField


class LawWord(models.Model):
    """A word such as the name of a scheme; retired on a day when the law drops it."""

    word = SafeCharField(_("word"), max_length=80, unique=True)
    retired_on = models.DateField(
        _("no longer holds from"), null=True, blank=True, help_text=_("Empty: it still holds.")
    )
    instead = SafeTextField(_("what holds now"), blank=True)

    class Meta:
        verbose_name = _("word of the law")
        verbose_name_plural = _("words of the law")
        ordering = ["word"]
        constraints = [
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True) | Q(instead__regex=r"\S"),
                name="law_word_retired_says_what_holds",
                violation_error_message=_("Write what holds now."),
            )
        ]

    def __str__(self) -> str:
        return self.word
