"""Editorial lists without a page of their own. Their forms are wired in kb/wagtail_hooks.py."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel

from privacy.fields import SafeCharField

from .approved import ApprovedContent
from .guideposts import GuidepostTagged


class QuestionCard(GuidepostTagged, ApprovedContent):
    """A question of a research theme, put on the table in step 6 (docs/domain.md B4)."""

    theme = models.ForeignKey(
        "kb.ThemePage",
        verbose_name=_("theme"),
        on_delete=models.PROTECT,
        related_name="question_cards",
    )
    text = SafeCharField(_("question"), max_length=300, unique=True)
    active = models.BooleanField(_("in use"), default=True)

    preview_rows = "kb/_question.html"

    panels = [
        FieldPanel("theme"),
        FieldPanel("text"),
        FieldPanel("active"),
        FieldPanel("guidepost"),
        PublishingPanel(),
    ]

    class Meta(ApprovedContent.Meta):
        verbose_name = _("question card")
        verbose_name_plural = _("question cards")
        ordering = ["theme__number", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def theme_number(self) -> int:
        """The theme as the rules that draw cards know it; fetch the card with its theme."""
        return self.theme.number
