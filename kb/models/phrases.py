"""Phrases: what a word closes, and what could be written instead (docs/domain.md B1)."""

from __future__ import annotations

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, PublishingPanel

from privacy.fields import SafeCharField, SafeTextField

from .approved import ApprovedContent
from .guideposts import GuidepostTagged


class Phrase(GuidepostTagged, ApprovedContent):
    """A phrase that closes something, with a sentence that opens it."""

    phrase = SafeCharField(_("phrase"), max_length=80, unique=True)
    closes = SafeTextField(_("what it closes"))
    alternative = SafeTextField(_("what could be written"))
    explanation = SafeTextField(_("why"), blank=True)
    themes = ParentalManyToManyField(
        "kb.ThemePage", verbose_name=_("themes"), related_name="phrases", blank=True
    )

    preview_rows = "kb/collections/phrases.html"

    panels = [
        FieldPanel("phrase"),
        FieldPanel("closes"),
        FieldPanel("alternative"),
        FieldPanel("explanation"),
        FieldPanel("themes", widget=CheckboxSelectMultiple),
        FieldPanel("guidepost"),
        PublishingPanel(),
    ]

    class Meta(ApprovedContent.Meta):
        verbose_name = _("phrase")
        verbose_name_plural = _("phrases")
        ordering = ["phrase"]

    def __str__(self) -> str:
        return self.phrase
