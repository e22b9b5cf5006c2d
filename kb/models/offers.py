"""Offers: what can be set in motion. A list that is edited, because the law moves (F7)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, PublishingPanel

from privacy.fields import SafeCharField, SafeTextField

from .approved import ApprovedContent, live_or_none
from .guideposts import GuidepostTagged


class OfferGroup(models.TextChoices):
    """The headings under which offers are listed."""

    COMPANY = "company", _("At a company")
    SKILLS = "skills", _("Learning")
    HEALTH_SOCIAL = "health_social", _("Health and social life")
    CONVERSATION = "conversation", pgettext_lazy("group of offers", "Sessions")
    CIVIL_SOCIETY = "civil_society", _("Civil society")


class Offer(GuidepostTagged, ApprovedContent):
    """One offer: open, or closed since a day for a reason, with what can be done instead."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = SafeCharField(_("name"), max_length=120)
    group = models.CharField(_("group"), max_length=16, choices=OfferGroup.choices)
    action_kind = models.CharField(_("kind of action"), max_length=32, blank=True)
    purpose = SafeTextField(_("purpose"))
    granted_by = SafeCharField(_("granted by"), max_length=120)
    usual_wait_days = models.PositiveSmallIntegerField(_("usual wait in days"), default=0)
    parallel_friendly = models.BooleanField(_("can run beside something else"), default=True)
    at_company = models.BooleanField(_("at a company"), default=False)
    note = SafeTextField(_("note"), blank=True)
    evidence = models.ForeignKey(
        "kb.EvidenceCard",
        verbose_name=_("evidence card"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="offers",
    )
    themes = ParentalManyToManyField(
        "kb.ThemePage", verbose_name=_("themes"), related_name="offers", blank=True
    )
    closed_on = models.DateField(
        _("closed since"), null=True, blank=True, help_text=_("Empty: the offer is open.")
    )
    closed_because = SafeCharField(_("closed because"), max_length=200, blank=True)
    alternative = models.ForeignKey(
        "self",
        verbose_name=_("what can be done instead"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    preview_rows = "kb/collections/offers.html"

    panels = [
        FieldPanel("slug"),
        FieldPanel("name"),
        FieldPanel("group"),
        FieldPanel("action_kind"),
        FieldPanel("purpose"),
        FieldPanel("granted_by"),
        FieldPanel("usual_wait_days"),
        FieldPanel("parallel_friendly"),
        FieldPanel("at_company"),
        FieldPanel("note"),
        FieldPanel("evidence"),
        FieldPanel("themes", widget=CheckboxSelectMultiple),
        FieldPanel("guidepost"),
        FieldPanel("closed_on"),
        FieldPanel("closed_because"),
        FieldPanel("alternative"),
        PublishingPanel(),
    ]

    class Meta(ApprovedContent.Meta):
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_because="")
                | (Q(closed_on__isnull=False) & ~Q(closed_because="")),
                name="offer_closed_with_reason",
                violation_error_message=_(
                    "A closed offer has a date and a reason, an open neither."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    @property
    def shown_alternative(self) -> Offer | None:
        """What can be done instead, where readers may see it."""
        shown: Offer | None = live_or_none(self.alternative)
        return shown

    @property
    def usual_wait_weeks(self) -> int:
        """Whole weeks, rounded up; 0 where there is no wait."""
        return -(-self.usual_wait_days // 7)
