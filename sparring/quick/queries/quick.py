"""“Do you have ten minutes?”: whom it can be put to, what waits for whom, what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from sparring.colleagues.pair_report import Colleague, free_now
from sparring.enums import QuickAnswer, QuickState
from sparring.models import Case, QuickAsk, QuickInvitation

if TYPE_CHECKING:
    from people.models import Employee

MOST_SHOWN = 5
LENGTH = timedelta(minutes=10)
SHOWN_FOR = timedelta(minutes=30)


def who_is_free(case: Case, at: datetime, *, most: int | None = MOST_SHOWN) -> list[Colleague]:
    """Who could come at once, best fit first; `most` None for all of them.

    Nothing speaks against it, and nobody else has asked them; who said no to this case today is
    left in peace.
    """
    left_alone = QuickInvitation.objects.filter(
        Q(answer=QuickAnswer.ASKED, ask__state=QuickState.OPEN, ask__expires_at__gt=at)
        | Q(answer=QuickAnswer.NO, ask__case=case, answered_at__gt=at - timedelta(hours=12))
    )
    disturbed = set(left_alone.values_list("employee", flat=True))
    free = [
        colleague
        for colleague in free_now(case, at, LENGTH)
        if colleague.employee.pk not in disturbed
    ]
    return free[:most]


def invitations_of(employee: Employee) -> QuerySet[QuickInvitation]:
    """What others have asked somebody, newest first."""
    asked = QuickInvitation.objects.filter(employee=employee)
    return asked.select_related("ask__asked_by", "ask__session").order_by("-ask__asked_at")


def shown_to(employee: Employee) -> list[QuickInvitation]:
    """What the overview shows: what waits for an answer, and for a while what became of it."""
    now = timezone.now()
    recent = invitations_of(employee).filter(ask__asked_at__gt=now - SHOWN_FOR)
    return list(recent.exclude(answer=QuickAnswer.NO)[:3])


def asks_of(employee: Employee) -> QuerySet[QuickAsk]:
    """What somebody has asked others about cases that are still theirs."""
    own = Case.objects.owned_by(employee).values("pk")
    return QuickAsk.objects.filter(asked_by=employee, case__in=own).select_related(
        "case", "session"
    )


def waiting_ask(case: Case) -> QuickAsk | None:
    """The case's question that still waits for an answer."""
    now = timezone.now()
    return case.quick_asks.filter(state=QuickState.OPEN, expires_at__gt=now).first()
