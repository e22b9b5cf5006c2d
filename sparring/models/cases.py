"""The case: a code, an owner, a target group. No name, no CPR number, no diagnosis."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case as Case_
from django.db.models import Exists, F, OuterRef, Q, Subquery, When
from django.utils.translation import gettext_lazy as _

from people.models import Employee, Municipality, Unit
from privacy.fields import SafeCharField
from sparring.enums import ByRole, CaseStatus, ClosedAs, ContactForm
from sparring.models.access_rule import opening_case
from sparring.models.text_fields import CaseCharField

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


def _related(model: type[models.Model], name: str) -> models.QuerySet[Any]:
    """The rows of a model that points at this one and stands above it in the house."""
    related = model._meta.get_field(name).related_model
    assert isinstance(related, type)
    return related._default_manager.all()


def _own(employee: Employee) -> Q:
    return Q(owner=employee, municipality=employee.municipality_id)


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases by who may see them and by who owns them (SEC-02)."""

    def visible_to(self, employee: Employee) -> CaseQuerySet:
        """The person's own cases, and those of sessions they are in while access lasts (SEC-02).

        How long a partner's lasts says `access_rule.lasting`.
        """
        if not employee.is_authenticated or not employee.is_active:
            return self.none()
        in_session = employee.participations.filter(opening_case(), session__case=OuterRef("pk"))
        return self.filter(_own(employee) | Q(Exists(in_session)))

    def owned_by(self, employee: Employee) -> CaseQuerySet:
        """The person's own cases, while they work in the municipality that the cases belong to."""
        if not employee.is_authenticated or not employee.is_active:
            return self.none()
        return self.filter(_own(employee))

    def find(self, code: str, *, near: int | None) -> Case | None:
        """The case of that code: codes are a municipality's own, so that of `near` comes first."""
        found = list(self.filter(code=code)[:5])
        nearest = [case for case in found if case.municipality_id == near]
        return next(iter(nearest + found), None)

    def active(self) -> CaseQuerySet:
        return self.filter(status=CaseStatus.ACTIVE)

    def by_need(self) -> CaseQuerySet:
        """Most urgent first; what is held back and what has no need comes after, closed last."""
        return self.select_related("need", "target_group").order_by(
            Case_(
                When(status=CaseStatus.CLOSED, then=2),
                When(need__held_back="", need__isnull=False, then=0),
                default=1,
            ),
            F("need__order_key").asc(nulls_last=True),
            "code",
        )

    def for_owner(self) -> CaseQuerySet:
        """The list of whoever owns them, each with the newest caseworker bid and `is_blind`.

        What was handed over and waits for an own bid stands first, by code: its place must not tell
        how urgent it is, which is counted with the predecessor's bid.
        """
        cases = self.select_related("need", "target_group").with_own_belief()
        blind = Q(bid_by__isnull=False) & ~Q(bid_by=F("owner"))
        cases = cases.annotate(is_blind=models.ExpressionWrapper(blind, models.BooleanField()))
        return cases.order_by(
            Case_(
                When(status=CaseStatus.CLOSED, then=3),
                When(is_blind=True, then=0),
                When(need__held_back="", need__isnull=False, then=1),
                default=2,
            ),
            Case_(When(is_blind=False, then=F("need__order_key")), default=None).asc(
                nulls_last=True
            ),
            "code",
        )

    def not_blind(self) -> CaseQuerySet:
        """Without those that wait for an own bid; of cases that are `for_owner`."""
        return self.filter(Q(is_blind=False))

    def by_status_and_band(self) -> list[tuple[str, str | None, bool, int]]:
        """How many there are of each status, band and `is_blind`; of cases that are `for_owner`."""
        columns = ("status", "need__band", "is_blind")
        counted = self.order_by().values_list(*columns).annotate(models.Count("pk"))
        return [tuple(row) for row in counted]

    def with_own_belief(self) -> CaseQuerySet:
        """Each case with the newest caseworker belief: `own_belief` its value, `bid_by` whose."""
        newest = _related(self.model, "beliefs").filter(
            case=OuterRef("pk"), by_role=ByRole.CASEWORKER, corrected_by__isnull=True
        )
        return self.annotate(
            own_belief=Subquery(newest.values("value")[:1]),
            bid_by=Subquery(newest.values("by_employee")[:1]),
        )


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
    status = models.CharField(
        _("status"), max_length=8, choices=CaseStatus.choices, default=CaseStatus.ACTIVE
    )
    paused_reason = CaseCharField(_("why paused"), max_length=200, blank=True)
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
    reason = CaseCharField(_("reason"), max_length=120, blank=True)

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
