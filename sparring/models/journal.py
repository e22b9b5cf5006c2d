"""The municipality's own wording of texts for its journal (docs/decisions/0041)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Municipality
from privacy.fields import SafeTextField
from sparring.enums import JournalOccasion

LONGEST_TEMPLATE = 3000


class JournalTemplate(models.Model):
    """How one municipality words one kind of text; without a row it is worded as usual.

    Only the wording is kept. A text that was made from it is stored nowhere.
    """

    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        on_delete=models.CASCADE,
        related_name="journal_templates",
    )
    occasion = models.CharField(
        _("on what occasion"), max_length=10, choices=JournalOccasion.choices
    )
    text = SafeTextField(_("template"), max_length=LONGEST_TEMPLATE)

    class Meta:
        verbose_name = _("template of the journal")
        verbose_name_plural = _("templates of the journal")
        ordering = ["municipality", "occasion"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "occasion"], name="journal_template_once"
            ),
            models.CheckConstraint(
                condition=Q(occasion__in=JournalOccasion.values),
                name="journal_template_of_a_known_occasion",
            ),
            models.CheckConstraint(
                condition=Q(text__regex=r"\S"), name="journal_template_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.occasion}"
