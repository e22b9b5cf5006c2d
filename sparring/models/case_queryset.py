"""Which cases a person may see. Views and pages ask here and never filter by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case as Case_
from django.db.models import Exists, F, OuterRef, Q, Subquery, When

from sparring.enums import ByRole, CaseStatus

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.models import Case


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, employee: Employee) -> CaseQuerySet:
        """The person's own cases, and those of talks they are in while access lasts (R2).

        How long a partner's lasts says `access.lasting`.
        """
        from sparring.models import Participation

        from .access_rule import opening_case

        if not employee.is_authenticated or not employee.is_active:
            return self.none()
        in_talk = Participation.objects.filter(
            opening_case(), session__case=OuterRef("pk"), employee=employee
        )
        return self.filter(_own(employee) | Q(Exists(in_talk)))

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

    def with_own_belief(self) -> CaseQuerySet:
        """Each case with the newest caseworker belief: `own_belief` its value, `bid_by` whose."""
        from sparring.models import Belief

        newest = Belief.objects.filter(
            case=OuterRef("pk"), by_role=ByRole.CASEWORKER, corrected_by__isnull=True
        )
        return self.annotate(
            own_belief=Subquery(newest.values("value")[:1]),
            bid_by=Subquery(newest.values("by_employee")[:1]),
        )


def _own(employee: Employee) -> Q:
    return Q(owner=employee, municipality=employee.municipality_id)
