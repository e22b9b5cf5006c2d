"""Which case an address names; somebody else's does not exist (404, not 403)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from sparring.models import Case

if TYPE_CHECKING:
    from people.models import Employee


def case_or_404(employee: Employee, code: str) -> Case:
    """The case of that code that the employee may see."""
    visible = Case.objects.visible_to(employee)
    visible = visible.select_related("unit__municipality", "target_group", "owner", "need")
    case = visible.find(code, near=employee.municipality_id)
    if case is None:
        raise Http404("No such case for this person.")
    return case
