"""Which actions a person may write on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from sparring.models import Action, Case

if TYPE_CHECKING:
    from people.models import Employee


def actions_of(employee: Employee) -> QuerySet[Action]:
    """Actions the employee may write on.

    Those of their own cases, and those they are responsible for while they see the case.
    """
    seen = Case.objects.visible_to(employee).values("pk")
    return Action.objects.filter(Q(case__owner=employee) | Q(responsible=employee), case__in=seen)
