"""The request to be picked next.

It is met by a participation, and given back when the session comes to nothing.

A no of one's own gives nothing back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from people.domain.availability import consume_next_pick, restore_next_pick
from sparring.enums import SessionState
from sparring.models import Participation, SparringSession

if TYPE_CHECKING:
    from people.models import Employee


def use_next_picks(
    *, actor: Employee, sessions: Iterable[SparringSession], partners: Iterable[Employee]
) -> None:
    """Take the request of those partners who had it, and remember in which sessions it was met."""
    met = consume_next_pick(actor=actor, employees=partners)
    if met:
        participations = Participation.objects.filter(session__in=list(sessions), employee__in=met)
        participations.filter(holds_time=True).update(used_next_pick=True)


def return_next_picks(*, session: SparringSession, people: Iterable[Employee]) -> None:
    """Give it back to those of `people` whose place in this session, now called off, had met it.

    Whom the same plan gave a session that stands keeps that one instead.
    """
    participations = session.participations.filter(used_next_pick=True, employee__in=list(people))
    gone = {
        participation.employee_id: participation.employee
        for participation in participations.select_related("employee")
    }
    participations.update(used_next_pick=False)
    stands = Participation.objects.filter(
        used_next_pick=True, holds_time=True, session__state=SessionState.PLANNED, employee__in=gone
    ).values_list("employee", flat=True)
    back = [gone[pk] for pk in gone.keys() - set(stands)]
    restore_next_pick(actor=None, employees=back)
