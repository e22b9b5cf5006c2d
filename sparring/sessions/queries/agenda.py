"""One's own sessions: asked, coming, waiting for an outcome, to be followed up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from people.roles import Right
from sparring.enums import Answer, ParticipantRole, SessionState
from sparring.models import Case, Conflict, FollowUp, Participation, SparringSession
from sparring.models.access_rule import access_is_active, belongs

if TYPE_CHECKING:
    from people.models import Employee

COMING = (SessionState.PLANNED, SessionState.RUNNING)
SHOWN = (*COMING, SessionState.AWAITING_OUTCOME)
FOLLOW_UP_DAYS = 7


@dataclass(frozen=True)
class Row:
    """A session as its reader sees it: their own place, and who else comes."""

    session: SparringSession
    participation: Participation
    others: list[Participation]
    second: SparringSession | None = None

    @property
    def parts(self) -> list[SparringSession]:
        """The cases of it: two in a group session."""
        return [self.session, *([self.second] if self.second else [])]

    @property
    def minutes(self) -> int:
        return sum(part.length for part in self.parts)

    @property
    def own(self) -> SparringSession | None:
        """The part that the reader brings a case to."""
        if self.participation.role == ParticipantRole.PRESENTER:
            return self.session
        mine = (
            self.second is not None and self.second.case.owner_id == self.participation.employee_id
        )
        return self.second if mine else None

    @property
    def presents(self) -> bool:
        return self.own is not None

    @property
    def is_shown(self) -> bool:
        """Whether the place still counts: not given back, and its access not over."""
        until = self.participation.access_until
        lasts = until is None or until > timezone.now()
        stands = self.participation.holds_time or self.presents
        return stands and self.participation.answer != Answer.NO and (self.presents or lasts)

    @property
    def lacks_colleague(self) -> bool:
        """Whether a partner of one's own coming session has dropped out, with nobody instead."""
        ahead = self.presents and self.session.state == SessionState.PLANNED
        return ahead and self.session.missing_partners > 0

    @property
    def is_asked(self) -> bool:
        return bool(self.participation.answer == Answer.INVITED)


@dataclass(frozen=True)
class Agenda:
    """What somebody has to do with sessions, in four lists."""

    asked: list[Row]
    coming: list[Row]
    awaiting: list[Row]
    follow_ups: list[FollowUp]


def agenda(employee: Employee) -> Agenda:
    """What somebody has to do with sessions, in the order of time; three queries."""
    sessions = my_sessions(employee).filter(state__in=SHOWN).order_by("starts_at", "pk")
    rows = [row for session in sessions if (row := row_of(session, employee)).is_shown]
    coming = _together([row for row in rows if row.session.state in COMING])
    return Agenda(
        asked=[row for row in coming if row.is_asked],
        coming=[row for row in coming if not row.is_asked],
        awaiting=[
            row
            for row in rows
            if row.session.state == SessionState.AWAITING_OUTCOME and row.presents
        ],
        follow_ups=list(_follow_ups(employee)),
    )


def _together(rows: list[Row]) -> list[Row]:
    """A group session that has not begun as one row: the second case with the first."""
    seconds = {row.session.follows_id: row.session for row in rows if row.session.follows_id}
    ahead = {row.session.pk for row in rows if row.session.state == SessionState.PLANNED}
    return [
        replace(row, second=seconds.get(row.session.pk)) if row.session.pk in ahead else row
        for row in rows
        if row.session.follows_id not in ahead
    ]


def my_sessions(employee: Employee) -> QuerySet[SparringSession]:
    """Sessions the employee has been asked to or presents, also what was declined or called off.

    Proposals of a draft are nobody's yet; a session that is over goes with its access.
    """
    participations = Participation.objects.filter(
        belongs(), session=OuterRef("pk"), employee=employee
    )
    stands = Q(session__state__in=(SessionState.PLANNED, SessionState.CANCELLED))
    return (
        SparringSession.objects.filter(Exists(participations.filter(access_is_active() | stands)))
        .exclude(state=SessionState.PROPOSED)
        .select_related("case__owner", "room")
        .prefetch_related(
            Prefetch("participations", Participation.objects.select_related("employee"))
        )
    )


def row_of(session: SparringSession, employee: Employee) -> Row:
    """A session of `my_sessions` from the employee's side."""
    participations = list(session.participations.all())
    mine = next(
        participation
        for participation in participations
        if participation.employee_id == employee.pk
    )
    others = [
        participation
        for participation in participations
        if participation != mine and participation.answer != Answer.NO
    ]
    return Row(session, mine, others)


def managed_sessions(employee: Employee) -> QuerySet[SparringSession]:
    """Sessions somebody may move, cancel or give another colleague.

    Those of one's own cases, and all of the municipality's for its coordinator, drafts included.
    """
    own = Case.objects.owned_by(employee).values("pk")
    mine = Q(case__in=own) & ~Q(state=SessionState.PROPOSED)
    if employee.may(Right.PLAN) and employee.municipality_id is not None:
        mine |= Q(case__municipality=employee.municipality_id)
    changeable = (SessionState.PROPOSED, SessionState.PLANNED)
    return SparringSession.objects.filter(mine, state__in=changeable).select_related(
        "case__owner__unit", "case__unit", "plan", "room"
    )


def sessions_in_conflict(conflict: Conflict) -> QuerySet[SparringSession]:
    """Planned sessions somebody is in although they have declared a conflict with it."""
    mine = SparringSession.objects.filter(
        state=SessionState.PLANNED,
        pk__in=Participation.objects.filter(employee=conflict.employee_id, holds_time=True).values(
            "session"
        ),
    )
    if conflict.case_code:
        return mine.filter(case__code=conflict.case_code)
    together = Participation.objects.filter(employee=conflict.colleague_id, holds_time=True)
    return mine.filter(pk__in=together.values("session"))


def _follow_ups(employee: Employee) -> QuerySet[FollowUp]:
    """Follow-ups of one's own cases that are over time or due within a week."""
    return (
        FollowUp.objects.filter(
            outcome__session__case__in=Case.objects.owned_by(employee).values("pk"),
            done_at__isnull=True,
            dropped_because="",
            due_on__lte=timezone.localdate() + timedelta(days=FOLLOW_UP_DAYS),
        )
        .select_related("outcome__session__case", "outcome__action")
        .order_by("due_on", "pk")
    )
