"""Methods: ways of talking a case through, and who tried them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PublishingPanel

from kb.models import GuidepostTagged
from kb.models.approved import ApprovedContent
from kb.models.text import lines
from learning.enums import TrialState
from privacy.fields import SafeCharField, SafeTextField


class Method(GuidepostTagged, ApprovedContent):
    """What it is for, when to use it, when not, its steps, and what it stands on."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = SafeCharField(_("name"), max_length=120)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    participants = SafeCharField(_("how many"), max_length=40)
    purpose = SafeTextField(_("purpose"))
    when = SafeTextField(_("when to use it"))
    when_not = SafeTextField(_("when not to use it"))
    steps = SafeTextField(_("steps"), help_text=_("One per line."))
    owner = models.ForeignKey(
        "kb.Person",
        verbose_name=_("who can be asked about it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="methods",
    )
    evidence = models.ForeignKey(
        "kb.EvidenceCard",
        verbose_name=_("evidence card"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="methods",
    )
    roots = ParentalManyToManyField(
        "learning.Root", verbose_name=_("roots"), related_name="methods", blank=True
    )
    themes = ParentalManyToManyField(
        "kb.ThemePage", verbose_name=_("themes"), related_name="methods", blank=True
    )
    materials: models.ManyToManyField = ParentalManyToManyField(
        "wagtaildocs.Document", verbose_name=_("materials"), related_name="+", blank=True
    )

    preview_page = "learning/method.html"
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    panels = [
        FieldPanel("slug"),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("participants")]),
        FieldPanel("purpose"),
        FieldPanel("when"),
        FieldPanel("when_not"),
        FieldPanel("steps"),
        FieldPanel("owner"),
        FieldPanel("evidence"),
        FieldPanel("roots", widget=CheckboxSelectMultiple),
        FieldPanel("themes", widget=CheckboxSelectMultiple),
        FieldPanel("guidepost"),
        FieldPanel("materials", widget=CheckboxSelectMultiple),
        PublishingPanel(),
    ]

    class Meta(ApprovedContent.Meta):
        verbose_name = _("method")
        verbose_name_plural = _("methods")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def step_list(self) -> list[str]:
        return lines(self.steps)

    def preview_more(self) -> dict[str, Any]:
        return {"method": self, "roots": self.roots.all(), "materials": self.materials.all()}

    def get_absolute_url(self) -> str:
        return reverse("methods:method", args=[self.slug])


class MethodTrial(models.Model):
    """What a colleague writes after trying a method; shown with the unit once it was read."""

    method = models.ForeignKey(
        Method, verbose_name=_("method"), on_delete=models.CASCADE, related_name="trials"
    )
    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("employee"),
        on_delete=models.PROTECT,
        related_name="method_trials",
    )
    unit = models.ForeignKey(
        "people.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    tried_on = models.DateField(_("tried on"))
    what_happened = SafeTextField(_("what happened"), max_length=1500)
    adapted = SafeTextField(_("adapted how"), max_length=1500, blank=True)
    show_name = models.BooleanField(_("show my name"), default=False)
    state = models.CharField(
        _("state"), max_length=8, choices=TrialState.choices, default=TrialState.WAITING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = SafeCharField(_("reason"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("trial of a method")
        verbose_name_plural = _("trials of methods")
        ordering = ["-tried_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=TrialState.WAITING, decided_by__isnull=True)
                | Q(decided_by__isnull=False) & ~Q(state=TrialState.WAITING),
                name="trial_shown_only_after_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("employee")),
                name="trial_decided_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=~Q(state=TrialState.DECLINED) | Q(reason__regex=r"\S"),
                name="trial_declined_with_a_reason",
                violation_error_message=_("Say why, so that the writer can correct it."),
            ),
            models.CheckConstraint(
                condition=Q(what_happened__regex=r"\S"),
                name="trial_says_what_happened",
                violation_error_message=_("Write what happened."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method}, {self.tried_on:%Y-%m-%d}"

    @property
    def signature(self) -> str:
        """The unit, and the name only where the writer wished it."""
        return f"{self.employee}, {self.unit}" if self.show_name else str(self.unit)
