"""Some of the demo's caseworkers have answered whether it was the right colleague."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sparring.enums import ParticipantRole, RightColleague, SessionState
from sparring.feedback.domain.colleague_answers import answer_about_colleague
from sparring.models import ColleagueAnswer, SparringSession

# The newest sessions are still to be answered.
UNANSWERED = timedelta(days=21)
ANSWERS = (
    RightColleague.YES,
    RightColleague.YES,
    RightColleague.MAYBE,
    RightColleague.YES,
    RightColleague.NO,
)


@transaction.atomic
def load() -> dict[str, int]:
    """Answer for sessions whose caseworker still has the case; returns how many answers there are.

    The answer depends on the session's number alone, so that it says nothing about anybody.
    """
    if ColleagueAnswer.objects.exists():
        return {"answers about colleagues": 0}
    sessions = SparringSession.objects.filter(
        state=SessionState.CLOSED,
        closed_at__lt=timezone.now() - UNANSWERED,
        participations__role=ParticipantRole.PRESENTER,
        participations__employee=F("case__owner"),
    )
    for number, session in enumerate(sessions.select_related("case__owner").order_by("starts_at")):
        answer_about_colleague(
            actor=session.case.owner,
            session=session,
            answer=ANSWERS[number % len(ANSWERS)],
            at=session.closed_at,
        )
    return {"answers about colleagues": ColleagueAnswer.objects.count()}
