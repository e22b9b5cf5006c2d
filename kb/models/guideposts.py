"""Guideposts: the few sentences the work steers by, and where a municipality says them itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel

from people.models import Municipality
from privacy.fields import SafeCharField, SafeTextField

from .approved import ApprovedContent, live_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST_YEAR, LAST_YEAR = 1900, 2100


class GuidepostText(models.Model):
    """What every guidepost says, and the question it asks."""

    title = SafeCharField(_("title"), max_length=80)
    text = SafeTextField(_("text"), max_length=600)
    question = SafeCharField(_("question"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Guidepost(GuidepostText, ApprovedContent):
    """A guidepost that all share; content is tagged with these."""

    slug = models.SlugField(_("short name"), max_length=40, unique=True)

    preview_rows = "kb/collections/guideposts.html"

    panels = [
        FieldPanel("slug"),
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("question"),
        FieldPanel("position"),
        PublishingPanel(),
    ]

    class Meta(ApprovedContent.Meta):
        verbose_name = _("guidepost")
        verbose_name_plural = _("guideposts")
        ordering = ["position", "title"]


class MunicipalGuidepost(GuidepostText):
    """A guidepost in a municipality's own words. Where there is one, the shared are not shown.

    `says`: the shared guidepost that it says in other words, so that what is tagged with that one
    is found from here too.
    """

    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        on_delete=models.CASCADE,
        related_name="guideposts",
    )
    says = models.ForeignKey(
        Guidepost,
        verbose_name=_("the shared guidepost behind it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="in_own_words",
    )

    class Meta:
        verbose_name = _("guidepost of a municipality")
        verbose_name_plural = _("guideposts of municipalities")
        ordering = ["municipality", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "position"], name="municipal_guidepost_one_per_position"
            ),
            models.UniqueConstraint(
                fields=["municipality", "title"], name="municipal_guidepost_title_once"
            ),
        ]


class EmploymentPlan(models.Model):
    """Where a municipality's employment plan lies, and of which year it is."""

    municipality = models.OneToOneField(
        Municipality,
        verbose_name=_("municipality"),
        on_delete=models.CASCADE,
        related_name="employment_plan",
    )
    title = SafeCharField(_("title"), max_length=160)
    link = models.URLField(
        _("address"), max_length=500, validators=[URLValidator(schemes=["https", "http"])]
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )

    class Meta:
        verbose_name = _("employment plan")
        verbose_name_plural = _("employment plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="employment_plan_year_is_a_year",
            ),
            models.CheckConstraint(
                condition=Q(link__regex=r"^https?://"), name="employment_plan_link_is_a_web_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"


class GuidepostTagged(models.Model):
    """Content that can be tagged with a guidepost.

    A kind of search document whose model has this is found by its guidepost without more
    (`kb.guidepost_tags`). The panel for the editors' admin is `FieldPanel("guidepost")`.
    """

    guidepost = models.ForeignKey(
        Guidepost,
        verbose_name=_("guidepost"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        abstract = True

    @property
    def shown_guidepost(self) -> Guidepost | None:
        """The guidepost, where readers may see it."""
        shown: Guidepost | None = live_or_none(self.guidepost)
        return shown


def guideposts_of(municipality_id: int | None) -> Sequence[GuidepostText]:
    """Those that a municipality works by: in its own words, else the shared ones."""
    rows = MunicipalGuidepost.objects.filter(municipality=municipality_id)
    own = list(rows.select_related("says")) if municipality_id is not None else []
    return own or list(Guidepost.objects.shown())


def plan_of(municipality_id: int | None) -> EmploymentPlan | None:
    """The municipality's employment plan; None while none is linked."""
    if municipality_id is None:
        return None
    return EmploymentPlan.objects.filter(municipality=municipality_id).first()
