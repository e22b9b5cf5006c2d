"""Key figures: refused on any page until everything that makes them honest is there (F2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import StreamField

from kb.blocks.figure_value import FigureValueStreamBlock
from privacy.fields import SafeCharField, SafeTextField
from sources.footnotes import Cited

from .approved import ApprovedContent, ContentQuerySet
from .guideposts import GuidepostTagged

# Without one of these a figure can be a draft and nothing more (docs/domain.md F2).
REQUIRED_TO_PUBLISH = (
    "statement",
    "unit",
    "population",
    "comparison",
    "horizon",
    "adjustment",
    "reading_a",
    "reading_b",
)


def _complete() -> Q:
    condition = Q(source__isnull=False)
    for name in REQUIRED_TO_PUBLISH:
        condition &= Q(**{f"{name}__regex": r"\S"})
    return condition


class KeyFigureQuerySet(ContentQuerySet):
    """Which key figures readers may see."""

    def shown(self) -> Self:
        """Figures that a page may show: published and not withdrawn from use."""
        return self.readable().filter(retired_on__isnull=True)

    def readable(self) -> Self:
        """Those with a page of their own: published, also when nobody should use them any more."""
        return self.filter(live=True).select_related("source")


class KeyFigure(GuidepostTagged, ApprovedContent):
    """One published figure with its population, comparison, horizon, source and two readings.

    Who may not publish it sends it to be approved, as a page (kb/domain/permissions.py).
    """

    class Unit(models.TextChoices):
        PERCENT = "percent", _("per cent")
        PERCENT_RELATIVE = "percent_relative", _("per cent, relative difference")
        SHARE = "share", _("share")
        COUNT = "count", _("number")

    class Adjustment(models.TextChoices):
        RAW = "raw", _("Raw figure")
        ADJUSTED = "adjusted", _("Adjusted for what was measured")
        UNSTATED = "unstated", _("The source does not say whether it is adjusted")

    key = models.SlugField(_("short name"), max_length=60, unique=True)
    statement = SafeTextField(_("statement"))
    values = StreamField(FigureValueStreamBlock(), verbose_name=_("values"))
    unit = models.CharField(_("unit"), max_length=20, choices=Unit.choices)
    population = SafeTextField(_("whom it is about"))
    comparison = SafeTextField(
        _("compared with"), help_text=_("Write that there is none, where there is none.")
    )
    horizon = SafeCharField(_("within what time"), max_length=200)
    adjustment = models.CharField(_("raw or adjusted"), max_length=10, choices=Adjustment.choices)
    base_figure = models.ForeignKey(
        "self",
        verbose_name=_("base rate"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Shown beside this one. Only a figure about the same people."),
    )
    source = models.ForeignKey(
        "sources.Source",
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    source_place = SafeCharField(
        _("page or section"), max_length=60, blank=True, help_text=_("For example: p. 14")
    )
    source_quote = SafeTextField(
        _("the sentence that carries it"),
        blank=True,
        help_text=_("Word for word, so that others can check it."),
    )
    reading_a = SafeTextField(_("one way to read it"))
    reading_b = SafeTextField(_("another way to read it"))
    note = SafeTextField(_("what it does not say"), blank=True)
    valid_on = models.DateField(_("as of"), null=True, blank=True)
    retired_on = models.DateField(_("not to be used after"), null=True, blank=True)

    preview_rows = "kb/collections/figures.html"
    objects = KeyFigureQuerySet.as_manager()

    panels = [
        FieldPanel("key"),
        FieldPanel("statement"),
        FieldPanel("values"),
        FieldPanel("unit"),
        FieldPanel("adjustment"),
        FieldPanel("population"),
        FieldPanel("comparison"),
        FieldPanel("horizon"),
        FieldPanel("base_figure"),
        FieldPanel("guidepost"),
        MultiFieldPanel(
            [FieldPanel("reading_a"), FieldPanel("reading_b"), FieldPanel("note")],
            heading=_("How it can be read"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("source"),
                FieldPanel("source_place"),
                FieldPanel("source_quote"),
                FieldPanel("valid_on"),
                FieldPanel("retired_on"),
            ],
            heading=_("Source"),
        ),
        PublishingPanel(),
    ]

    class Meta(ApprovedContent.Meta):
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="key_figure_complete_when_live",
                condition=Q(live=False) | _complete(),
                violation_error_message=_(
                    "A key figure is published only with population, comparison, horizon, raw or "
                    "adjusted, source and both readings."
                ),
            ),
            models.CheckConstraint(
                name="key_figure_not_its_own_base",
                condition=Q(base_figure__isnull=True) | ~Q(base_figure=models.F("pk")),
                violation_error_message=_("A figure cannot be its own base rate."),
            ),
        ]

    def __str__(self) -> str:
        return self.statement or self.key

    def get_absolute_url(self) -> str:
        return reverse("key_figure", args=[self.key])

    @property
    def is_shown(self) -> bool:
        return self.live and self.retired_on is None

    def cited_sources(self) -> Iterator[Cited]:
        """Its source, once readers see it (sources.footnotes.CitesSources)."""
        if self.live and self.source is not None:
            yield Cited(self.source, self.source_quote, self.source_place)

    @property
    def is_relative(self) -> bool:
        return self.unit == self.Unit.PERCENT_RELATIVE

    def missing(self) -> list[str]:
        """Names of the fields that keep this figure from being published."""
        absent = [name for name in REQUIRED_TO_PUBLISH if not getattr(self, name).strip()]
        absent += [] if self.source_id else ["source"]
        return absent if len(self.values) else [*absent, "values"]

    def require_complete(self) -> None:
        """Raise ValidationError, one message per missing field."""
        message = _("Needed before the figure can be published.")
        if missing := self.missing():
            raise ValidationError(dict.fromkeys(missing, message))
