"""Which cases a person may see. Views and pages ask here and never filter by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from sparring.enums import Answer, CaseStatus, SessionState

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.models import Case


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, employee: Employee) -> CaseQuerySet:
        """The person's own cases, and those of talks they are in while access lasts (R2).

        A partner's access ends with a no, a cancellation, and 14 days after the talk closed.
        """
        from sparring.models import Participation

        if not employee.is_authenticated or not employee.is_active:
            return self.none()
        in_talk = Participation.objects.filter(
            Q(access_until__isnull=True) | Q(access_until__gt=timezone.now()),
            session__case=OuterRef("pk"),
            employee=employee,
            holds_time=True,
        ).exclude(
            Q(answer=Answer.NO)
            | Q(session__state__in=[SessionState.CANCELLED, SessionState.PROPOSED])
        )
        return self.filter(Q(owner=employee) | Q(Exists(in_talk)))

    def owned_by(self, employee: Employee) -> CaseQuerySet:
        return self.filter(owner=employee)

    def plannable_by(self, employee: Employee) -> CaseQuerySet:
        """What a coordinator plans with: code, reasons and owner of the municipality's cases."""
        from people.enums import Role

        if not employee.has_role(Role.COORDINATOR):
            return self.none()
        return self.active().filter(municipality_id=employee.municipality_id)

    def active(self) -> CaseQuerySet:
        return self.filter(status=CaseStatus.ACTIVE)
