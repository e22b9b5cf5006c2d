"""Actions: what was done, is under way, or was agreed (docs/domain.md B1)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kb.models import Offer
from people.models import Employee
from sparring.enums import COMPANY_KINDS, ActionKind, ActionOutcome, ChosenBecause

from .cases import Case
from .text_fields import CaseCharField, CaseTextField


class Action(models.Model):
    """One thing in the citizen's course. With a deadline it is an agreement, and somebody's.

    The session that agreed on it is its outcome's: `action.outcome_of.session`.
    """

    case = models.ForeignKey(
        Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="actions"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ActionKind.choices)
    what = CaseCharField(_("what"), max_length=200, blank=True)
    paid_hours_per_week = models.PositiveSmallIntegerField(
        _("paid hours a week"), null=True, blank=True
    )
    planned_for = models.DateField(_("planned for"), null=True, blank=True)
    started_on = models.DateField(_("started"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    outcome = models.CharField(
        _("result"), max_length=12, choices=ActionOutcome.choices, blank=True
    )
    success_moment = CaseTextField(_("a moment of success"), max_length=600, blank=True)
    chosen_because = models.CharField(
        _("chosen because"), max_length=16, choices=ChosenBecause.choices, blank=True
    )
    chosen_words = CaseCharField(_("chosen because, in words"), max_length=200, blank=True)
    offer = models.ForeignKey(
        Offer,
        verbose_name=_("offer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    parallel_with = models.ManyToManyField(
        "self", verbose_name=_("goes on beside"), blank=True, symmetrical=True
    )
    responsible = models.ForeignKey(
        Employee,
        verbose_name=_("who"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agreements",
    )
    deadline = models.DateField(_("by when"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = [F("started_on").desc(nulls_first=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(started_on__isnull=False, ended_on__gte=F("started_on")),
                name="action_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(deadline__isnull=True, responsible__isnull=True)
                | Q(deadline__isnull=False, responsible__isnull=False),
                name="agreement_has_deadline_and_name",
            ),
            models.CheckConstraint(
                condition=~Q(chosen_because=ChosenBecause.OTHER) | Q(chosen_words__regex=r"\S"),
                name="action_chosen_for_something_else_says_what",
            ),
        ]
        indexes = [models.Index(fields=["case", "-started_on"])]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind}"

    @property
    def is_company(self) -> bool:
        return self.kind in COMPANY_KINDS
