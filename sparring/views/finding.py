"""Finding the case an address names; somebody else's does not exist here (404, never 403)."""

from __future__ import annotations

from django.http import Http404

from people.models import Employee
from sparring.models import Case


def case_or_404(employee: Employee, code: str) -> Case:
    """The case of that code that the employee may see; codes are a municipality's own."""
    visible = Case.objects.visible_to(employee).filter(code=code)
    found = list(visible.select_related("unit", "target_group", "owner", "need")[:5])
    found.sort(key=lambda case: case.municipality_id != employee.municipality_id)
    if not found:
        raise Http404("No such case for this person.")
    return found[0]
