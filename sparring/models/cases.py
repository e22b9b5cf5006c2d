"""The case: a code, an owner, a target group. No name, no CPR number, no diagnosis."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import Employee, Municipality, Unit
from privacy.fields import SafeCharField
from sparring.enums import CaseStatus, ClosedAs, ContactForm
from sparring.models.case_queryset import CaseQuerySet

# Letters, a dash, digits: never ten digits, so no CPR number fits into a code.
CODE = r"^[A-ZÆØÅ]{1,4}-[0-9]{1,6}$"


class TargetGroup(models.Model):
    """A list, since law renames the groups (F7)."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = SafeCharField(_("name"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class Case(models.Model):
    """One citizen's case, known by its code only."""

    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), on_delete=models.PROTECT, related_name="cases"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="cases"
    )
    code = models.CharField(
        _("case code"),
        max_length=12,
        validators=[RegexValidator(CODE, _("Write the code as FJ-0217: letters, a dash, digits."))],
    )
    owner = models.ForeignKey(
        Employee, verbose_name=_("caseworker"), on_delete=models.PROTECT, related_name="cases"
    )
    target_group = models.ForeignKey(
        TargetGroup, verbose_name=_("target group"), on_delete=models.PROTECT, related_name="cases"
    )
    started = models.DateField(_("started"))
    contact_form = models.CharField(
        _("form of contact"),
        max_length=16,
        choices=ContactForm.choices,
        default=ContactForm.IN_PERSON,
    )
    strengths = ArrayField(
        SafeCharField(max_length=80),
        verbose_name=_("strengths"),
        default=list,
        blank=True,
        size=3,
        help_text=_("At most three. Write so that the citizen can read along."),
    )
    status = models.CharField(
        _("status"), max_length=8, choices=CaseStatus.choices, default=CaseStatus.ACTIVE
    )
    paused_reason = SafeCharField(_("why paused"), max_length=200, blank=True)
    paused_until = models.DateField(_("paused until"), null=True, blank=True)
    closed_as = models.CharField(
        _("closed as"), max_length=16, choices=ClosedAs.choices, blank=True
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code"], name="case_unique_code"),
            models.CheckConstraint(condition=Q(code__regex=CODE), name="case_code_shape"),
            models.CheckConstraint(
                condition=(Q(status="closed") & Q(closed_on__isnull=False) & ~Q(closed_as=""))
                | (~Q(status="closed") & Q(closed_on__isnull=True) & Q(closed_as="")),
                name="case_closed_has_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(status="paused")
                | (Q(paused_until__isnull=False) & ~Q(paused_reason="")),
                name="case_paused_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "status"]),
            models.Index(fields=["unit", "status"]),
        ]

    def __str__(self) -> str:
        return self.code


class CaseOwnership(models.Model):
    """Who had the case when; only the end of a row is ever written later."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ownerships")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="ownerships")
    since = models.DateField(_("from"))
    until = models.DateField(_("to"), null=True, blank=True)
    reason = SafeCharField(_("reason"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("ownership")
        verbose_name_plural = _("ownerships")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(until__isnull=True), name="ownership_one_present"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="ownership_until_after_since",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="read_only", fields=["case", "employee", "since", "reason"]),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.since}"
