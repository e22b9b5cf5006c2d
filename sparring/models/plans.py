"""A request for sparring and the plan that gives it a colleague and a time."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Employee, Municipality, Unit
from sparring.enums import NotPlaced, PlanState, RequestState

from .cases import Case
from .text_fields import CaseCharField

MOST_PARTNERS = 3
"""More colleagues than that, and a session of 25 minutes has no room for each of them."""

DURATIONS = [(10, "10 min."), (25, "25 min."), (40, "40 min.")]
"""What can be asked for, in minutes; 40 is a group session of two cases."""


class SparringRequest(models.Model):
    """That a case wants a session, and why; who comes is the session's business."""

    case = models.ForeignKey(
        Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="requests"
    )
    created_by = models.ForeignKey(
        Employee, verbose_name=_("created by"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    reasons = ArrayField(
        models.CharField(max_length=4), verbose_name=_("reasons"), default=list, blank=True
    )
    key_question = CaseCharField(_("key question"), max_length=140, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(_("length"), choices=DURATIONS, default=25)
    partners = models.PositiveSmallIntegerField(_("colleagues asked for"), default=1, db_default=1)
    deadline = models.DateField(_("wanted before"), null=True, blank=True)
    allow_guest = models.BooleanField(
        _("a guest from another municipality may come"), default=False, db_default=False
    )
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.REQUESTED
    )
    declined_by = models.ManyToManyField(
        Employee, verbose_name=_("declined by"), blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("request for sparring")
        verbose_name_plural = _("requests for sparring")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["requested", "listed", "booked"]),
                name="request_one_open_per_case",
            ),
            models.CheckConstraint(
                condition=Q(partners__range=(1, MOST_PARTNERS)), name="request_1_to_3_partners"
            ),
            models.CheckConstraint(
                condition=Q(duration_minutes__in=[minutes for minutes, _label in DURATIONS]),
                name="request_duration_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"


class SparringPlan(models.Model):
    """One run of matching and slots for a municipality: looked at, changed, then published.

    `partners` is how many colleagues a case gets that nobody has asked for. `certificate` is the
    proof alone (`json_shapes.PlanCertificate`).
    """

    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), on_delete=models.PROTECT, related_name="plans"
    )
    created_by = models.ForeignKey(
        Employee, verbose_name=_("created by"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    state = models.CharField(
        _("state"), max_length=10, choices=PlanState.choices, default=PlanState.DRAFT
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    partners = models.PositiveSmallIntegerField(_("colleagues in each session"), default=1)
    certificate = models.JSONField(_("certificate"), default=dict, blank=True)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(partners__range=(1, MOST_PARTNERS)), name="plan_1_to_3_partners"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.first_day}–{self.last_day}"


class PlanWaiting(models.Model):
    """How many cases of a unit were not in a plan because the unit's capacity was used up."""

    plan = models.ForeignKey(SparringPlan, on_delete=models.CASCADE, related_name="waiting")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    cases = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("cases that wait")
        verbose_name_plural = _("cases that wait")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "unit"], name="plan_waiting_once_per_unit"),
            models.CheckConstraint(condition=Q(cases__gte=1), name="plan_waiting_some_case"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.unit_id}"


class UnplacedCase(models.Model):
    """A case that was to be in a plan and has no session in it, and why.

    `colleagues` are the ids of those who have no capacity or no time left, to be shown by name.
    """

    plan = models.ForeignKey(SparringPlan, on_delete=models.CASCADE, related_name="unplaced")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(_("reason"), max_length=16, choices=NotPlaced.choices)
    colleagues = ArrayField(models.BigIntegerField(), default=list, blank=True)

    class Meta:
        verbose_name = _("case not placed")
        verbose_name_plural = _("cases not placed")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "case"], name="unplaced_once_per_plan"),
            models.CheckConstraint(
                condition=Q(why__in=NotPlaced.values), name="unplaced_for_a_known_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.case_id} {self.why}"
