"""What the overview shows, each part in one or two queries, whoever looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from kb.models import PublicationPage
from people.roles import Right
from people.thresholds import smallest_shown
from privacy.suppression import telling
from sparring.enums import Answer, Band, CaseStatus, RequestState, SessionState
from sparring.models import (
    Case,
    FollowUp,
    Participation,
)
from sparring.models.access_rule import access_is_active
from stories.enums import ResponseState
from stories.models import StoryPage, StoryRequest
from stories.models.responses import StoryResponse

if TYPE_CHECKING:
    from people.models import Employee

DUE = Q(need__held_back="") & ~Q(need__band=Band.NONE)
# Of cases that are `for_owner`: what was handed over waits for an own bid, whatever its need says.
TO_LOOK_AT = DUE | Q(is_blind=True)
NEWS = timedelta(days=30)
SOON = timedelta(days=7)
WAITING = (RequestState.REQUESTED, RequestState.LISTED)


@dataclass(frozen=True)
class Caseload:
    """How many cases a person has that are not closed, and how many of them are due."""

    open: int
    due: int


def caseload_of(employee: Employee) -> Caseload:
    """Counts of the person's own cases."""
    counts = Case.objects.owned_by(employee).for_owner().exclude(status=CaseStatus.CLOSED)
    found = counts.aggregate(
        open=Count("pk"), due=Count("pk", filter=TO_LOOK_AT & Q(status=CaseStatus.ACTIVE))
    )
    return Caseload(found["open"], found["due"])


def due_cases(employee: Employee, most: int) -> QuerySet[Case]:
    """The person's own cases that need a fresh look: an own bid first, then the most urgent."""
    return Case.objects.owned_by(employee).active().for_owner().filter(TO_LOOK_AT)[:most]


@dataclass(frozen=True)
class UnitCounts:
    """A unit's figures for its leader; None where the number is too small to show."""

    open: int | None
    due: int | None
    held_back: int | None
    waiting: int | None
    snoozed_twice: int | None
    smallest: int


def unit_counts(employee: Employee) -> UnitCounts | None:
    """The team leader's unit in counts only; no case, no code, no person (docs/domain.md C)."""
    unit = employee.unit
    if unit is None or not employee.may(Right.SEE_UNIT):
        return None
    found = (
        Case.objects.filter(unit=unit)
        .exclude(status=CaseStatus.CLOSED)
        .aggregate(
            open=_cases(),
            due=_cases(DUE & Q(status=CaseStatus.ACTIVE)),
            held=_cases(~Q(need__held_back="") & Q(need__isnull=False)),
            waiting=_cases(Q(requests__state__in=WAITING)),
            snoozed=_cases(Q(need__snoozes__gte=2)),
        )
    )
    smallest, total = smallest_shown([unit]), found["open"]
    due = _shown(found["due"], total, smallest)
    held = _shown(found["held"], total, smallest)
    rest = total - found["due"] - found["held"]
    if due is not None and telling(rest, total, threshold=smallest):
        held = None  # with both shown, what is left would be read off by subtraction
    return UnitCounts(
        open=total if total >= smallest else None,
        due=due,
        held_back=held,
        waiting=_shown(found["waiting"], total, smallest),
        snoozed_twice=_shown(found["snoozed"], total, smallest),
        smallest=smallest,
    )


def _cases(which: Q | None = None) -> Count:
    """Each case once, however many requests about it there have been."""
    return Count("pk", distinct=True, filter=which)


def _shown(count: int, total: int, smallest: int) -> int | None:
    """The count, unless it or what is left of the total could point at somebody."""
    return None if telling(count, total, threshold=smallest) else count


def follow_ups_due(employee: Employee) -> Sequence[FollowUp]:
    """Follow-ups of one's own cases that are due within a week and not done."""
    return list(
        FollowUp.objects.filter(
            done_at__isnull=True,
            dropped_because="",
            due_on__lte=timezone.localdate() + SOON,
            outcome__session__case__in=Case.objects.owned_by(employee).values("pk"),
        )
        .select_related("outcome__session__case")
        .order_by("due_on")[:3]
    )


def unanswered_invitations(employee: Employee) -> int:
    """Sessions ahead that the person has not said yes or no to."""
    return Participation.objects.filter(
        access_is_active(),
        employee=employee,
        answer=Answer.INVITED,
        session__state=SessionState.PLANNED,
        session__starts_at__gt=timezone.now(),
    ).count()


def sessions_without_outcome(employee: Employee) -> Sequence[Participation]:
    """Sessions about one's own cases that still wait for their outcome."""
    return list(
        Participation.objects.filter(
            access_is_active(),
            employee=employee,
            session__state=SessionState.AWAITING_OUTCOME,
            session__case__owner=employee,
        ).select_related("session__case")[:3]
    )


def new_stories(employee: Employee, most: int = 3) -> list[StoryPage]:
    """The newest published stories."""
    stories = StoryPage.objects.published_for(employee).newest_first()
    return list(stories.select_related("municipality")[:most])


def open_story_requests(most: int = 2) -> list[StoryRequest]:
    """The newest requests for stories that nobody has answered."""
    return list(StoryRequest.objects.open().select_related("municipality")[:most])


def new_publications(most: int = 2) -> list[PublicationPage]:
    """Publications of the last 30 days that exist; what is on its way is no news yet."""
    recent = PublicationPage.objects.live().existing()
    recent = recent.filter(first_published_at__gt=timezone.now() - NEWS)
    return list(recent.order_by("-first_published_at")[:most])


def new_responses(employee: Employee, most: int = 2) -> list[StoryResponse]:
    """What others answered to one's own stories in the last 30 days."""
    recent = StoryResponse.objects.filter(
        story__author=employee,
        state=ResponseState.SHOWN,
        created_at__gt=timezone.now() - NEWS,
    )
    return list(recent.select_related("story").order_by("-created_at")[:most])
