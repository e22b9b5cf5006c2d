"""The stored result of the renewal rules, so that a list can be shown again as it was."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from sparring.enums import Band

from .cases import Case
from .text_fields import CaseCharField


class RenewalNeed(models.Model):
    """Why the record needs a fresh look: rules about the record, never about the person (F6)."""

    case = models.OneToOneField(
        Case, verbose_name=_("case"), on_delete=models.CASCADE, related_name="need"
    )
    computed_at = models.DateTimeField(_("computed"))
    hits = models.JSONField(_("reasons"), default=list)
    waiting = models.JSONField(
        _("reasons that wait for the session to settle"),
        default=list,
        blank=True,
        db_default=Value([], models.JSONField()),
    )
    score = models.PositiveSmallIntegerField(_("score"), default=0)
    band = models.CharField(_("band"), max_length=10, choices=Band.choices, default=Band.NONE)
    held_back = models.CharField(_("held back because"), max_length=40, blank=True)
    order_key = models.CharField(_("order"), max_length=120, db_index=True)
    rule_version = models.PositiveSmallIntegerField(_("version of the rules"), default=1)
    fingerprint = models.CharField(
        _("fingerprint of the thresholds"), max_length=16, blank=True, default="", db_default=""
    )
    next_change = models.DateField(
        _("changes by itself on"),
        null=True,
        blank=True,
        help_text=_("Until that day the calendar alone changes nothing. Empty: not known."),
    )
    snoozed_until = models.DateField(_("put off until"), null=True, blank=True)
    snooze_reason = CaseCharField(_("put off because"), max_length=200, blank=True)
    snoozes = models.PositiveSmallIntegerField(_("times put off"), default=0)

    class Meta:
        verbose_name = _("need of renewal")
        verbose_name_plural = _("needs of renewal")
        ordering = ["order_key"]
        constraints = [
            models.CheckConstraint(condition=Q(score__lte=100), name="need_score_to_100"),
            models.CheckConstraint(condition=Q(snoozes__lte=2), name="need_snoozed_at_most_twice"),
            models.CheckConstraint(
                condition=Q(snoozed_until__isnull=True) | ~Q(snooze_reason=""),
                name="need_snooze_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["band", "order_key"]),
            models.Index(fields=["next_change"], name="need_next_change"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.band} {self.score}"
