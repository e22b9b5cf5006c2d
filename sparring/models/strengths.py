"""Strengths of the citizen, each with where it comes from, and how the citizen is best met."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from sparring.enums import StrengthSource

from .cases import Case
from .text_fields import CaseCharField, CaseTextField

LONGEST_STRENGTH, LONGEST_WAY = 80, 400


class Strength(models.Model):
    """One thing that the citizen is good at, and who says so."""

    case = models.ForeignKey(
        Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="strengths"
    )
    text = CaseCharField(_("strength"), max_length=LONGEST_STRENGTH)
    source = models.CharField(
        _("where it comes from"), max_length=10, choices=StrengthSource.choices
    )
    noted_on = models.DateField(_("written down"))

    class Meta:
        verbose_name = _("strength")
        verbose_name_plural = _("strengths")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("case", Lower("text"), name="strength_once_in_a_case"),
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="strength_says_something"),
            models.CheckConstraint(
                condition=Q(source__in=StrengthSource.values), name="strength_has_a_source"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class WayToMeet(models.Model):
    """What gets the citizen going, and how they are best met: in their own words, without names."""

    case = models.OneToOneField(
        Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="way_to_meet"
    )
    motivates = CaseTextField(_("what motivates"), max_length=LONGEST_WAY, blank=True)
    how_to_meet = CaseTextField(_("how to meet"), max_length=LONGEST_WAY, blank=True)

    class Meta:
        verbose_name = _("way to meet the citizen")
        verbose_name_plural = _("ways to meet the citizen")
        constraints = [
            models.CheckConstraint(
                condition=~Q(motivates="", how_to_meet=""), name="way_to_meet_says_something"
            )
        ]

    def __str__(self) -> str:
        return self.motivates or self.how_to_meet
