"""Handovers as they are shown: whom a case can go to, the note on a case, one's own meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from people.models import Employee
from people.roles import Right
from people.working_days import working_days_after
from renewal import local_date
from sparring.enums import CaseStatus
from sparring.models import Case, Handover, HandoverMeeting
from sparring.models.handovers import OPEN

if TYPE_CHECKING:
    from datetime import date

WITHIN = 10
"""Working days after a handover before which the two should have talked (docs/domain.md B3)."""


def receivers_of(employee: Employee) -> QuerySet[Employee]:
    """The caseworkers that somebody's cases can go to."""
    colleagues = Employee.objects.in_municipality(employee.municipality_id)
    able = colleagues.who_may(Right.CASEWORK).filter(is_active=True, unit__isnull=False)
    return able.exclude(pk=employee.pk).select_related("unit").order_by("first_name", "last_name")


def open_cases(employee: Employee) -> list[Case]:
    """The cases of somebody that are not closed, by code."""
    cases = Case.objects.filter(owner=employee).exclude(status=CaseStatus.CLOSED)
    return list(cases.select_related("target_group", "unit").order_by("code"))


def proposed_receivers(cases: Sequence[Case], receivers: Sequence[Employee]) -> dict[int, int]:
    """Who could get which case, by ids: the unit's own first, and always who has the fewest.

    `receivers` in a fixed order, so that the same question has the same answer.
    """
    open_now = Q(cases__status__in=(CaseStatus.ACTIVE, CaseStatus.PAUSED))
    counted = Employee.objects.filter(pk__in=[person.pk for person in receivers])
    load = dict(counted.annotate(n=Count("cases", filter=open_now)).values_list("pk", "n"))
    found: dict[int, int] = {}
    for case in cases:
        near = [person for person in receivers if person.unit_id == case.unit_id] or receivers
        if near:
            chosen = min(near, key=lambda person: load[person.pk])
            found[case.pk] = chosen.pk
            load[chosen.pk] += 1
    return found


def handover_of(case: Case) -> Handover | None:
    """How the case came to its owner; None where it was always theirs."""
    rows = Handover.objects.filter(ownership__case=case, ownership__until__isnull=True)
    return rows.select_related("former_owner", "ownership", "meeting").first()


def meetings_of(employee: Employee) -> list[HandoverMeeting]:
    """One's own open meetings, the nearest first; those without a time last."""
    mine = Q(former_owner=employee) | Q(new_owner=employee) | Q(third=employee)
    meetings = HandoverMeeting.objects.filter(mine, state__in=OPEN)
    meetings = meetings.select_related("former_owner", "new_owner", "third")
    return list(meetings.annotate(cases=Count("handovers")).order_by("starts_at", "pk"))


@dataclass(frozen=True)
class MeetingStatus:
    """A meeting of somebody's; `over`: its time has gone by and nobody has said that it is held."""

    meeting: HandoverMeeting
    other: Employee
    over: bool


def waiting_meetings(employee: Employee) -> list[MeetingStatus]:
    """What the overview tells: the open meetings that are one's own, not as a third."""
    now = timezone.now()
    return [
        MeetingStatus(
            meeting,
            meeting.new_owner if meeting.former_owner_id == employee.pk else meeting.former_owner,
            meeting.ends_at is not None and meeting.ends_at < now,
        )
        for meeting in meetings_of(employee)
        if employee.pk != meeting.third_id
    ]


def find_meeting(employee: Employee, pk: int) -> HandoverMeeting | None:
    """The meeting, for those who take part in it."""
    if not employee.is_active:
        return None
    mine = Q(former_owner=employee) | Q(new_owner=employee) | Q(third=employee)
    rows = HandoverMeeting.objects.filter(mine, pk=pk)
    return rows.select_related("former_owner", "new_owner", "third").first()


def cases_of(meeting: HandoverMeeting) -> list[Handover]:
    """What a meeting is about, by the case's code; without what has gone on to somebody else."""
    rows = meeting.handovers.filter(ownership__until__isnull=True)
    return list(
        rows.select_related("ownership__case__target_group").order_by("ownership__case__code")
    )


def last_day_of(meeting: HandoverMeeting) -> date:
    """Before which day the two should have talked."""
    return working_days_after(local_date(meeting.created_at), WITHIN)


def with_open_cases(municipality_id: int) -> QuerySet[Employee]:
    """Everybody in the municipality who has a case that is not closed."""
    owners = Case.objects.filter(municipality=municipality_id).exclude(status=CaseStatus.CLOSED)
    people = Employee.objects.in_municipality(municipality_id).filter(pk__in=owners.values("owner"))
    return people.select_related("unit").order_by("first_name", "last_name")
