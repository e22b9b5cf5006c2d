"""Evidence cards: how well something is studied, and whether the studies agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.models import Orderable

from privacy.fields import SafeCharField, SafeTextField
from sources.footnotes import Cited

from .approved import ApprovedContent
from .guideposts import GuidepostTagged

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Grade(models.TextChoices):
    """How well a card's subject does on one of its five questions; A is best."""

    A = "A", _("A: to a high degree")
    B = "B", _("B: mostly")
    C = "C", _("C: to some degree")
    D = "D", _("D: hardly")
    UNKNOWN = "unknown", _("We do not know")


class Verdict(models.TextChoices):
    """What the studies say; "few" and "conflicting" are answers of their own, not a middle."""

    POSITIVE = "positive", _("Has an effect")
    NONE = "none", _("No effect found")
    NEGATIVE = "negative", _("Does harm")
    FEW = "few", _("Too few studies")
    CONFLICTING = "conflicting", _("The studies conflict")


# The five questions, in the order in which they are read.
DIMENSIONS = (
    ("design", _("Can the studies show a cause?")),
    ("amount", _("How much has been studied?")),
    ("consistency", _("Do they agree?")),
    ("relevance", _("Are they about people like ours?")),
    ("currency", _("Does it hold today?")),
)


@dataclass(frozen=True)
class Dimension:
    """One question of a card with its answer."""

    question: StrOrPromise
    grade: StrOrPromise
    why: str


def _dimension_panel(code: str, question: StrOrPromise) -> MultiFieldPanel:
    """A question with its two fields, each of which says what it answers."""
    grade, why = (format_lazy("{} – {}", question, label) for label in (_("grade"), _("why")))
    fields = [
        FieldPanel(f"{code}_grade", heading=grade),
        FieldPanel(f"{code}_why", heading=why),
    ]
    return MultiFieldPanel(fields, heading=question)


def _grade_field() -> models.CharField[str, str]:
    return models.CharField(_("grade"), max_length=8, choices=Grade.choices, default=Grade.UNKNOWN)


def _why_field() -> SafeTextField:
    return SafeTextField(_("why"))


# Required before a card can be approved.
REQUIRED_TO_PUBLISH = (
    "subject",
    "summary",
    *(f"{code}_why" for code, _question in DIMENSIONS),
    "judged_by",
)


def _complete() -> Q:
    condition = Q()
    for name in REQUIRED_TO_PUBLISH:
        condition &= Q(**{f"{name}__regex": r"\S"})
    return condition


class EvidenceCard(GuidepostTagged, ApprovedContent):
    """What is known about an offer, a method or a claim. Every grade carries its why.

    Who may not publish it sends it to be approved, as a page (kb/domain/permissions.py). Its
    sources are part of its versions: a draft that changes them changes nothing readers see.
    """

    class Kind(models.TextChoices):
        OFFER = "offer", _("Offer")
        METHOD = "method", _("Method")
        CLAIM = "claim", _("Claim")

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    subject = SafeCharField(_("subject"), max_length=200)
    subject_kind = models.CharField(_("kind of subject"), max_length=8, choices=Kind.choices)
    verdict = models.CharField(_("verdict"), max_length=16, choices=Verdict.choices)
    summary = SafeTextField(_("in short"))
    design_grade = _grade_field()
    design_why = _why_field()
    amount_grade = _grade_field()
    amount_why = _why_field()
    consistency_grade = _grade_field()
    consistency_why = _why_field()
    relevance_grade = _grade_field()
    relevance_why = _why_field()
    currency_grade = _grade_field()
    currency_why = _why_field()
    judged_by = SafeCharField(_("judged by"), max_length=120)
    reviewed_on = models.DateField(_("judged on"))
    review_on = models.DateField(_("to be judged again"))

    preview_rows = "kb/collections/evidence.html"

    panels = [
        FieldPanel("slug"),
        FieldPanel("subject"),
        FieldPanel("subject_kind"),
        FieldPanel("verdict"),
        FieldPanel("summary"),
        *(_dimension_panel(code, question) for code, question in DIMENSIONS),
        InlinePanel("sources", heading=_("Sources"), label=_("Source")),
        FieldPanel("guidepost"),
        FieldPanel("judged_by"),
        FieldPanel("reviewed_on"),
        FieldPanel("review_on"),
        PublishingPanel(),
    ]

    class Meta(ApprovedContent.Meta):
        verbose_name = _("evidence card")
        verbose_name_plural = _("evidence cards")
        ordering = ["subject"]
        constraints = [
            models.CheckConstraint(
                condition=Q(review_on__gt=models.F("reviewed_on")),
                name="evidence_reviewed_before_review",
                violation_error_message=_("It is judged again after it was judged."),
            ),
            models.CheckConstraint(
                condition=Q(live=False) | _complete(),
                name="evidence_complete_when_live",
                violation_error_message=_(
                    "A card is published only with what it says in short, a why for every grade "
                    "and who judged it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def dimensions(self) -> list[Dimension]:
        return [
            Dimension(
                question,
                Grade(getattr(self, f"{code}_grade")).label,
                getattr(self, f"{code}_why"),
            )
            for code, question in DIMENSIONS
        ]

    def cited_sources(self) -> Iterator[Cited]:
        """What stands behind it, once readers see it (sources.footnotes.CitesSources)."""
        if self.live:
            for row in self.sources.all():
                yield Cited(row.source, row.quote, row.place)

    def require_complete(self) -> None:
        """Raise ValidationError, one message per field that keeps the card from being published."""
        message = _("Needed before the card can be published.")
        missing = [name for name in REQUIRED_TO_PUBLISH if not getattr(self, name).strip()]
        if missing:
            raise ValidationError(dict.fromkeys(missing, message))


class EvidenceSource(Orderable):
    """A source behind a card, with what in it carries the verdict."""

    card = ParentalKey(EvidenceCard, related_name="sources", on_delete=models.CASCADE)
    source = models.ForeignKey(
        "sources.Source",
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        related_name="evidence",
    )
    place = SafeCharField(_("page or section"), max_length=60, blank=True)
    quote = SafeTextField(_("the sentence that carries it"), blank=True)

    panels = [FieldPanel("source"), FieldPanel("place"), FieldPanel("quote")]

    class Meta(Orderable.Meta):
        verbose_name = _("source behind a card")
        verbose_name_plural = _("sources behind a card")
        constraints = [
            models.UniqueConstraint(
                fields=["card", "source"],
                name="evidence_source_once",
                violation_error_message=_("The source stands there already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.source)
