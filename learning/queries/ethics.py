"""Which version of the ethics statement holds, and who is to stand by it again."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from learning.models import EthicsConfirmation, EthicsStatement
from people.models import Employee, EmployeeQuerySet

YEAR = timedelta(days=365)


def current_statement() -> EthicsStatement | None:
    """The newest version that is valid today."""
    today = timezone.localdate()
    valid = EthicsStatement.objects.shown().filter(valid_from__lte=today)
    return valid.order_by("-version").first()


def to_confirm(statement: EthicsStatement) -> EmployeeQuerySet:
    """Who works here and has not stood by this version within a year."""
    given = EthicsConfirmation.objects.filter(employee=OuterRef("pk"), statement=statement)
    fresh = given.filter(confirmed_on__gt=timezone.localdate() - YEAR)
    people = Employee.objects.filter(is_active=True, unit__isnull=False)
    return people.exclude(Exists(fresh))


def last_confirmed() -> dict[int, date]:
    """On which day each person last stood by any version."""
    days = EthicsConfirmation.objects.order_by().values_list("employee_id")
    return dict(days.annotate(day=Max("confirmed_on")))
