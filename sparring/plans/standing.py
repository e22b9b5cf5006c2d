"""Whether a plan's proof still holds, and what solving the whole again would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from matching.load import seats_of
from matching.problem import SCALE
from renewal import local_date
from sparring.colleagues.candidate_pairs import Window
from sparring.colleagues.queries.plan_changes import is_changed
from sparring.colleagues.solve import run
from sparring.enums import ExclusionReason, ParticipantRole, PlanState, SessionState

from .solving import pairs_of, read_window

if TYPE_CHECKING:
    from sparring.colleagues.calendars import Calendar
    from sparring.colleagues.solve import Run
    from sparring.models import SparringPlan, SparringSession

Team = tuple[int, tuple[int, ...]]
"""A case and its partners, as places in a pool."""
LEAST = 0.1
"""Fewer points than this are rounding, and nothing to solve again for."""


@dataclass(frozen=True)
class Gain:
    """What a draft solved again would have beyond this one: sessions, and points of the whole.

    Points are affinity less what an uneven load costs, 100 for a colleague who fits wholly.
    """

    sessions: int
    points: float

    @property
    def is_some(self) -> bool:
        return self.sessions > 0 or (self.sessions == 0 and self.points >= LEAST)


@dataclass(frozen=True)
class Standing:
    """holds: the proof is about this plan and about the world as it is.

    changed: somebody has put other people together. gain: None while the proof holds, and for what
    is no draft: a published plan is repaired, not solved again.
    """

    holds: bool
    changed: bool
    gain: Gain | None = None


def standing_of(plan: SparringPlan, at: datetime) -> Standing:
    """Weigh a plan; a draft against the cases, limits and calendars of this moment.

    The whole is solved again only where something has changed.
    """
    changed = is_changed(plan)
    first_day = max(plan.first_day, local_date(at))
    if plan.state != PlanState.DRAFT or first_day > plan.last_day:
        return Standing(holds=not changed, changed=changed)
    window = Window(first_day, (plan.last_day - first_day).days + 1, at)
    asked = read_window(
        plan.municipality, window, plan.partners, agreed=pairs_of([plan]), draft=plan
    )
    if not changed and asked.fingerprint == plan.certificate.get("problem"):
        return Standing(holds=True, changed=False)
    return Standing(holds=False, changed=changed, gain=_gain(plan, run(asked.question)))


def _gain(plan: SparringPlan, again: Run) -> Gain:
    now = _teams_that_stand(plan, again)
    new = [(placed.case, placed.partners) for placed in again.placed]
    points = (_worth(again, new) - _worth(again, now)) * 100 / SCALE
    return Gain(len(new) - len(now), round(points, 1))


def _teams_that_stand(plan: SparringPlan, again: Run) -> list[Team]:
    """The draft's sessions that can still be held: what publishing would leave out is not counted.

    What somebody has put together by hand counts as they wanted it.
    """
    case_at = {case.pk: row for row, case in enumerate(again.pool.cases)}
    person_at = {person.pk: index for index, person in enumerate(again.pool.people)}
    found: list[Team] = []
    sessions = plan.sessions.filter(state=SessionState.PROPOSED).prefetch_related("participations")
    for session in sessions:
        seats = session.participations.all()
        partners = [
            person_at.get(seat.employee_id, -1)
            for seat in seats
            if seat.role != ParticipantRole.PRESENTER
        ]
        case = case_at.get(session.case_id)
        if case is None or -1 in partners:
            continue
        if session.changed_by_hand or _stands(again, session, case, partners):
            found.append((case, tuple(partners)))
    return found


def _stands(again: Run, session: SparringSession, case: int, partners: Sequence[int]) -> bool:
    pool = again.pool
    people = [int(pool.owner[case]), *partners]
    return (
        session.starts_at > pool.window.after
        and all(pool.allowed[case, partner] for partner in partners)
        and not any(
            _objections(pool.calendars[pool.people[person].pk], session, presents=not number)
            for number, person in enumerate(people)
        )
    )


def _objections(
    calendar: Calendar, session: SparringSession, *, presents: bool
) -> list[ExclusionReason]:
    times = (session.starts_at, session.ends_at)
    return calendar.objections(*times) + calendar.week_objections(*times, presents=presents)


def _worth(again: Run, teams: Sequence[Team]) -> int:
    """Affinity less the load penalty, in millionths: what the matcher weighs."""
    pool, proof = again.pool, again.solved.match.certificate
    load = np.zeros(len(pool.people), np.int64)
    affinity = 0
    for case, partners in teams:
        for partner in partners:
            load[partner] += 1
            affinity += int(pool.total[case, partner])
    seats = seats_of(again.problem, proof.capacity, proof.load_weight, need=proof.need)
    return affinity - seats.total(load)
