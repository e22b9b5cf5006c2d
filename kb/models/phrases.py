"""Phrases: what a word closes, and what could be written instead (docs/domain.md B1)."""

from __future__ import annotations

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from privacy.fields import SafeCharField, SafeTextField

from .guideposts import GuidepostTagged


class Phrase(GuidepostTagged):
    """A phrase that closes something, with a sentence that opens it."""

    phrase = SafeCharField(_("phrase"), max_length=80, unique=True)
    closes = SafeTextField(_("what it closes"))
    alternative = SafeTextField(_("what could be written"))
    explanation = SafeTextField(_("why"), blank=True)
    themes = models.ManyToManyField(
        "kb.ThemePage", verbose_name=_("themes"), related_name="phrases", blank=True
    )

    panels = [
        FieldPanel("phrase"),
        FieldPanel("closes"),
        FieldPanel("alternative"),
        FieldPanel("explanation"),
        FieldPanel("themes", widget=CheckboxSelectMultiple),
        FieldPanel("guidepost"),
    ]

    class Meta:
        verbose_name = _("phrase")
        verbose_name_plural = _("phrases")
        ordering = ["phrase"]

    def __str__(self) -> str:
        return self.phrase
