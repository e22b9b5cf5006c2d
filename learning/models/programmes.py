"""Modules, and the programmes that they make up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PublishingPanel
from wagtail.models import Orderable

from kb.models.approved import ApprovedContent
from kb.models.text import lines
from privacy.fields import SafeCharField, SafeTextField

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


def ects_field() -> models.DecimalField:
    """Points of the European system; empty where nobody has granted any."""
    return models.DecimalField(
        _("ECTS points"), max_digits=4, decimal_places=1, null=True, blank=True
    )


class Module(ApprovedContent):
    """One part of an education, passed as a whole."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = SafeCharField(_("name"), max_length=120)
    goals = SafeTextField(_("goals"), help_text=_("One per line."))
    hours = models.PositiveSmallIntegerField(_("hours"), null=True, blank=True)
    ects = ects_field()
    who_may_take = SafeTextField(_("who may take it"), blank=True)
    materials: models.ManyToManyField = ParentalManyToManyField(
        "wagtaildocs.Document", verbose_name=_("materials"), related_name="+", blank=True
    )

    preview_page = "learning/module.html"

    panels = [
        FieldPanel("slug"),
        FieldPanel("name"),
        FieldPanel("goals"),
        FieldRowPanel([FieldPanel("hours"), FieldPanel("ects")]),
        FieldPanel("who_may_take"),
        FieldPanel("materials", widget=CheckboxSelectMultiple),
        PublishingPanel(),
    ]

    class Meta(ApprovedContent.Meta):
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ects__isnull=True) | Q(ects__gt=0), name="module_ects_positive"
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gt=0), name="module_hours_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def goal_list(self) -> list[str]:
        return lines(self.goals)

    def preview_more(self) -> dict[str, Any]:
        return {"module": self, "materials": self.materials.all()}

    def get_absolute_url(self) -> str:
        return reverse("programmes:module", args=[self.slug])


class Programme(ApprovedContent):
    """One level: its modules, its rules, and how long a certificate lasts."""

    if TYPE_CHECKING:
        programme_modules: RelatedManager[ProgrammeModule]

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = SafeCharField(_("training programme"), max_length=120)
    level = SafeCharField(_("level"), max_length=80)
    in_order = models.BooleanField(_("the modules are taken in their order"), default=False)
    optional_needed = models.PositiveSmallIntegerField(
        _("how many of the optional modules"), default=0
    )
    ects = ects_field()
    valid_months = models.PositiveSmallIntegerField(
        _("months a certificate lasts"),
        null=True,
        blank=True,
        help_text=_("Leave it empty when it lasts for good."),
    )
    renewal_module = models.ForeignKey(
        Module,
        verbose_name=_("the module that renews the certificate"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="renews",
        help_text=_("Empty: it is renewed by passing the programme again."),
    )
    contact = models.ForeignKey(
        "kb.Person",
        verbose_name=_("who can be asked about it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="programmes",
    )
    note = SafeTextField(_("note"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    preview_rows = "learning/collections/programmes.html"

    panels: ClassVar = [
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("name"), FieldPanel("level"), FieldPanel("position")]),
        InlinePanel("programme_modules", heading=_("Modules"), label=_("Module")),
        FieldRowPanel([FieldPanel("in_order"), FieldPanel("optional_needed")]),
        FieldRowPanel([FieldPanel("ects"), FieldPanel("valid_months")]),
        FieldPanel("renewal_module"),
        FieldPanel("contact"),
        FieldPanel("note"),
        PublishingPanel(),
    ]

    class Meta(ApprovedContent.Meta):
        verbose_name = _("training programme")
        verbose_name_plural = _("training programmes")
        ordering = ["name", "position"]
        constraints = [
            models.UniqueConstraint(fields=["name", "level"], name="programme_level_once"),
            models.CheckConstraint(
                condition=Q(ects__isnull=True) | Q(ects__gt=0),
                name="programme_ects_positive",
            ),
            models.CheckConstraint(
                condition=Q(valid_months__isnull=True) | Q(valid_months__gt=0),
                name="programme_lasts_a_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.level}"

    def get_absolute_url(self) -> str:
        return reverse("programmes:programme", args=[self.slug])


class ProgrammeModule(Orderable):
    """A module's part in a programme."""

    programme = ParentalKey(Programme, on_delete=models.CASCADE, related_name="programme_modules")
    module = models.ForeignKey(
        Module,
        verbose_name=_("module"),
        on_delete=models.PROTECT,
        related_name="in_programmes",
    )
    required = models.BooleanField(_("required"), default=True)

    panels = [FieldPanel("module"), FieldPanel("required")]

    class Meta(Orderable.Meta):
        verbose_name = _("module of a programme")
        verbose_name_plural = _("modules of programmes")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "module"], name="module_once_in_a_programme"
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme}: {self.module}"
