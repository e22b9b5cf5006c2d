"""A group session: two cases of two caseworkers, put together on a plan."""

from __future__ import annotations

from sparring.bookings.domain.requests import request_sparring
from sparring.enums import SessionState
from sparring.models import SparringSession
from sparring.plans.domain.join import join_sessions
from sparring.plans.domain.make_plan import make_plan
from sparring.plans.domain.publishing import publish_plan

from .planning import Town, next_monday

MONDAY = next_monday()


class Group:
    """Two cases of two caseworkers in a draft, put together; `third` comes along if wanted."""

    def __init__(self, *, along=False, published=False):
        self.town = Town(colleagues=4)
        self.one, self.two, self.third, self.spare = self.town.colleagues
        self.cases = [self.town.case(owner=self.one), self.town.case(owner=self.two)]
        for case in self.cases:
            request_sparring(
                case=case, actor=case.owner, key_question="Hvad nu?", duration_minutes=40
            )
        self.plan = make_plan(
            actor=self.town.coordinator,
            municipality=self.town.municipality,
            first_day=MONDAY,
            days=5,
        )
        join_sessions(
            actor=self.town.coordinator,
            first=self.session(0),
            second=self.session(1),
            along=self.third if along else None,
            confirmed=True,
        )
        if published:
            publish_plan(actor=self.town.coordinator, plan=self.plan)

    def session(self, number):
        return SparringSession.objects.exclude(state=SessionState.CANCELLED).get(
            case=self.cases[number]
        )

    @property
    def both(self):
        return self.session(0), self.session(1)
