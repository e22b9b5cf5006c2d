"""When people first listened in a session, for the list of new colleagues (learning)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from learning.first_sessions import register_first_sessions
from sparring.enums import ParticipantRole, SessionState
from sparring.models import Participation

HELD = (SessionState.AWAITING_OUTCOME, SessionState.CLOSED)


@register_first_sessions
def first_listened(employees: Iterable[int]) -> dict[int, date]:
    """The day of the first session that was held with them as a colleague. One query."""
    rows = Participation.objects.filter(
        employee__in=list(employees),
        role=ParticipantRole.COLLEAGUE,
        holds_time=True,
        session__state__in=HELD,
    )
    first = rows.order_by("employee", "session__starts_at").distinct("employee")
    return {
        pk: timezone.localdate(moment)
        for pk, moment in first.values_list("employee", "session__starts_at")
    }
