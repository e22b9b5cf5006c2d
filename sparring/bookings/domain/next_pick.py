"""The wish to be picked next: met by a place in a talk, given back when the talk comes to nothing.

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


def meet_wishes(
    *, actor: Employee, sessions: Iterable[SparringSession], partners: Iterable[Employee]
) -> None:
    """Take the wish of those partners who had it, and remember in which talks it was met."""
    met = consume_next_pick(actor=actor, employees=partners)
    if met:
        places = Participation.objects.filter(session__in=list(sessions), employee__in=met)
        places.filter(holds_time=True).update(met_wish=True)


def give_wishes_back(*, session: SparringSession, people: Iterable[Employee]) -> None:
    """Give it back to those of `people` whose place in this talk, now called off, had met it.

    Whom the same plan gave a talk that stands keeps that one instead.
    """
    places = session.participations.filter(met_wish=True, employee__in=list(people))
    gone = {place.employee_id: place.employee for place in places.select_related("employee")}
    places.update(met_wish=False)
    stands = Participation.objects.filter(
        met_wish=True, holds_time=True, session__state=SessionState.PLANNED, employee__in=gone
    ).values_list("employee", flat=True)
    back = [gone[pk] for pk in gone.keys() - set(stands)]
    restore_next_pick(actor=None, employees=back)
