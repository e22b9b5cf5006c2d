"""The rule of access (sparring/models/access_rule.py) for rows that are read already."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sparring.enums import BROUGHT_THE_CASE, Answer, CaseStatus
from sparring.models.access_rule import NOT_IN_SESSION

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.models import Case, Participation


def opens_case(participation: Participation, case: Case, *, at: datetime) -> bool:
    """The same as `opening_case` for rows that are read already: what search keeps with a case.

    The place's `session`, `agreement` and `employee.unit` are to be read with it.
    """
    return (
        participation.holds_time
        and participation.role not in BROUGHT_THE_CASE
        and participation.session.state not in NOT_IN_SESSION
        and participation.answer != Answer.NO
        and (participation.access_until is None or participation.access_until > at)
        and case.status != CaseStatus.CLOSED
        and _belongs(participation, case)
    )


def keeps(case: Case, owner: Employee) -> bool:
    """Whether the case's caseworker still works in its municipality."""
    return owner.is_active and owner.municipality_id == case.municipality_id


def _belongs(participation: Participation, case: Case) -> bool:
    employee, agreement = participation.employee, participation.agreement
    home = employee.municipality_id
    if not employee.is_active or home is None:
        return False
    if agreement is None:
        return home == case.municipality_id
    two = {agreement.offered_from_id, agreement.offered_to_id}
    return (
        employee.guest_elsewhere
        and agreement.ended_at is None
        and home != case.municipality_id
        and two == {home, case.municipality_id}
    )
