"""Belief: append-only, 0–10 with word anchors, always with a reason (docs/domain.md, F3)."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Trim
from django.utils.translation import gettext_lazy as _

from people.models import Employee
from renewal import local_date
from sparring.enums import BeliefSetting, ByRole, ContactForm, Evidence

from .cases import Case
from .text_fields import CaseTextField

models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)
models.TextField.register_lookup(Trim)


class Belief(models.Model):
    """What somebody thought likely on a day. Never changed: a correction is a new row."""

    case = models.ForeignKey(
        Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="beliefs"
    )
    by_role = models.CharField(_("whose belief"), max_length=20, choices=ByRole.choices)
    by_employee = models.ForeignKey(
        Employee,
        verbose_name=_("registered by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    value = models.PositiveSmallIntegerField(_("belief"), validators=[MaxValueValidator(10)])
    because = CaseTextField(_("because"), max_length=600)
    evidence = ArrayField(
        models.CharField(max_length=20, choices=Evidence.choices),
        verbose_name=_("built on"),
        default=list,
        blank=True,
    )
    contact_form = models.CharField(
        _("form of contact"), max_length=16, choices=ContactForm.choices, blank=True
    )
    setting = models.CharField(
        _("on what occasion"),
        max_length=16,
        choices=BeliefSetting.choices,
        default=BeliefSetting.CONVERSATION,
    )
    question_version = models.PositiveSmallIntegerField(_("version of the question"), default=1)
    horizon_months = models.PositiveSmallIntegerField(_("horizon in months"), default=12)
    registered_at = models.DateTimeField(_("registered"))
    expires_on = models.DateField(_("expires"))
    corrects = models.OneToOneField(
        "self",
        verbose_name=_("correction of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrected_by",
    )

    class Meta:
        verbose_name = _("belief")
        verbose_name_plural = _("beliefs")
        ordering = ["-registered_at", "-pk"]
        get_latest_by = ["registered_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(value__lte=10), name="belief_value_0_to_10"),
            models.CheckConstraint(condition=~Q(because__trim=""), name="belief_has_reason"),
            models.CheckConstraint(
                condition=Q(by_employee__isnull=False) | Q(by_role__in=["citizen", "external"]),
                name="belief_by_someone",
            ),
        ]
        indexes = [models.Index(fields=["case", "by_role", "-registered_at"])]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.value} ({self.by_role})"

    @property
    def meant_on(self) -> date:
        """The day it is about: a correction keeps the day of the row it corrects."""
        if self.corrects is not None:
            return self.corrects.meant_on
        return local_date(self.registered_at)
