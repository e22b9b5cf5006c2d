"""Request, plan, answer, illness, swap, handover, session, outcome in any order, always in order.

What must hold after every step: a model keeps beside the database what each person has been
told by mail and whom each request has been refused by, and the two are compared.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sparring.bookings.domain.absences import report_away
from sparring.bookings.domain.booking import cancel_session, reschedule_session
from sparring.bookings.domain.changes import change_partner
from sparring.bookings.domain.conflicts import declare_conflict
from sparring.bookings.domain.invitations import answer_invitation
from sparring.bookings.domain.requests import request_sparring
from sparring.enums import ParticipantRole, RequestState, SessionState
from sparring.handovers.domain.handing_over import hand_over
from sparring.models import Case, Participation, SparringSession
from sparring.plans.domain.make_plan import make_plan
from sparring.plans.domain.publishing import publish_plan
from sparring.plans.domain.repair import apply_repair
from sparring.plans.repair_proposal import propose
from sparring.sessions.domain.outcomes import Agreement, close_session
from sparring.sessions.domain.steps import end_session, start_session
from tests.factories.planning import Town, moment, next_monday
from tests.factories.sparring import BeliefFactory
from tests.sent_notifications import session_mails

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MONDAY = next_monday()
PEOPLE = 5
ESSENTIAL = ("sparring.invited", "sparring.changed", "sparring.cancelled")
OPEN = (SessionState.PLANNED, SessionState.RUNNING)
someone_sits = precondition(
    lambda self: SparringSession.objects.filter(state=SessionState.PLANNED).exists()
)
who = st.integers(0, PEOPLE - 1)
which = st.integers(0, 9)


class Sparring(RuleBasedStateMachine):
    """Five colleagues; the last is the first one's line manager."""

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(
        sparring_requests=st.lists(st.tuples(who, st.integers(1, 2)), min_size=2, max_size=4)
    )
    def town(self, sparring_requests):
        self.town = Town(colleagues=PEOPLE)
        self.people = self.town.colleagues
        first, manager = self.people[0], self.people[-1]
        first.line_manager = manager
        first.save()
        self.mails = 0
        self.by_hand = set()  # (session, person)
        self.refused = set()  # (request, person)
        for owner, partners in sparring_requests:
            self.sparring_request(owner, partners)
        self.plan_and_publish()

    # -- what people do -------------------------------------------------------------------------

    @rule(owner=who, partners=st.integers(1, 2))
    def sparring_request(self, owner, partners):
        owner = self.people[owner]
        if Case.objects.count() < 6:
            case = self.town.case(owner=owner)
            BeliefFactory(case=case)
            request_sparring(
                case=case, actor=owner, key_question="Hvad overser jeg?", partners=partners
            )

    @rule()
    def plan_and_publish(self):
        with self.chosen_by_the_system():
            plan = make_plan(
                actor=self.town.coordinator,
                municipality=self.town.municipality,
                first_day=MONDAY,
                days=7,
            )
            publish_plan(actor=self.town.coordinator, plan=plan)

    @rule()
    def apply_repair(self):
        municipality = self.town.municipality
        with self.chosen_by_the_system():
            shown = propose(municipality, timezone.now())
            if shown.changes:
                apply_repair(actor=self.town.coordinator, municipality=municipality, key=shown.key)

    @someone_sits
    @rule(number=which, yes=st.booleans())
    def answer(self, number, yes):
        participation = self.pick(
            Participation.objects.filter(session__state=SessionState.PLANNED).exclude(
                role=ParticipantRole.PRESENTER
            ),
            number,
        )
        if participation is None:
            return
        try:
            with transaction.atomic():
                answer_invitation(
                    session=participation.session, actor=participation.employee, yes=yes
                )
        except ValidationError:
            return
        key = (participation.session.request_id, participation.employee_id)
        (self.refused.discard if yes else self.refused.add)(key)

    @rule(person=who, day=st.integers(0, 6), days=st.integers(0, 3))
    def fall_ill(self, person, day, days):
        first = MONDAY + timedelta(days=day)
        report_away(
            actor=self.people[person],
            employee=self.people[person],
            first_day=first,
            last_day=first + timedelta(days=days),
        )

    @someone_sits
    @rule(number=which, coming=who)
    def swap(self, number, coming):
        participation = self.pick(
            Participation.objects.filter(
                session__state=SessionState.PLANNED, holds_time=True
            ).exclude(role=ParticipantRole.PRESENTER),
            number,
        )
        if participation is None:
            return
        session, coming = participation.session, self.people[coming]
        try:
            with transaction.atomic():
                change_partner(
                    session=session,
                    actor=self.town.coordinator,
                    leaving=participation.employee,
                    coming=coming,
                    confirmed=True,
                )
        except ValidationError:
            return
        self.by_hand.add((session.pk, coming.pk))

    @someone_sits
    @rule(number=which, day=st.integers(0, 4), hour=st.integers(9, 14))
    def move(self, number, day, hour):
        session = self.pick(SparringSession.objects.filter(state=SessionState.PLANNED), number)
        if session is None:
            return
        start = moment(MONDAY + timedelta(days=day), f"{hour}.00")
        try:
            with transaction.atomic():
                reschedule_session(
                    session=session, actor=session.case.owner, starts_at=start, confirmed=True
                )
        except ValidationError:
            return

    @someone_sits
    @rule(number=which)
    def call_off(self, number):
        session = self.pick(SparringSession.objects.filter(state=SessionState.PLANNED), number)
        if session is not None:
            cancel_session(session=session, actor=session.case.owner)

    @rule(number=which, to=who)
    def hand_over(self, number, to):
        case, to = self.pick(Case.objects.all(), number), self.people[to]
        if case is None or case.owner_id == to.pk:
            return
        try:
            with transaction.atomic():
                hand_over(case=case, actor=self.town.coordinator, to=to)
        except ValidationError:
            return

    @rule(person=who, number=which)
    def declare(self, person, number):
        case, person = self.pick(Case.objects.all(), number), self.people[person]
        if case is not None:
            declare_conflict(actor=person, case_code=case.code)
            for participation in Participation.objects.filter(session__case=case, employee=person):
                self.by_hand.add((participation.session_id, person.pk))

    @someone_sits
    @rule(number=which)
    def start(self, number):
        session = self.pick(SparringSession.objects.filter(state=SessionState.PLANNED), number)
        if session is not None:
            start_session(actor=session.case.owner, session=session, confirmed=True)

    @precondition(lambda self: SparringSession.objects.filter(state=SessionState.RUNNING).exists())
    @rule(number=which)
    def end_with_an_outcome(self, number):
        session = self.pick(SparringSession.objects.filter(state=SessionState.RUNNING), number)
        owner, today = session.case.owner, timezone.localdate()
        end_session(actor=owner, session=session)
        close_session(
            actor=owner,
            session=session,
            agreement=Agreement(
                value=7,
                because=f"Har selv ringet til kantine {session.pk}.",
                kind="company_visit",
                what="Ringer til et lager.",
                responsible=owner,
                first_step_on=today + timedelta(days=3),
                deadline=today + timedelta(days=7),
                citizen_told="Vi ser på et lager sammen.",
                citizen_told_on=today + timedelta(days=2),
            ),
        )

    # -- what must hold -------------------------------------------------------------------------

    @invariant()
    def nobody_is_in_two_sessions_at_once(self):
        for person in getattr(self, "people", ()):
            held = Participation.objects.filter(employee=person, holds_time=True)
            times = sorted((session.during.lower, session.during.upper) for session in held)
            assert all(one[1] <= two[0] for one, two in pairwise(times))

    @invariant()
    def every_open_session_has_a_presenter_who_owns_the_case_and_fits_its_people(self):
        for session in self.sessions(OPEN):
            seats = list(session.participations.filter(holds_time=True))
            presenters = [e.employee_id for e in seats if e.role == ParticipantRole.PRESENTER]
            partners = [e.employee_id for e in seats if e.role != ParticipantRole.PRESENTER]
            assert presenters == [session.case.owner_id]
            assert session.case.owner_id not in partners
            assert session.case.owner.line_manager_id not in partners
            assert all(e.during.lower == session.starts_at for e in seats)
            assert session.request.state == RequestState.BOOKED
            assert partners or session.missing_partners

    @invariant()
    def a_case_is_seen_by_its_owner_and_by_those_who_sit_in_its_sessions(self):
        for case in Case.objects.all() if hasattr(self, "town") else ():
            expected = {case.owner_id}
            for participation in Participation.objects.filter(session__case=case, holds_time=True):
                ended = (
                    participation.access_until is not None
                    and participation.access_until <= timezone.now()
                )
                if not ended and participation.session.state != SessionState.CANCELLED:
                    expected.add(participation.employee_id)
            everybody = [*self.people, self.town.coordinator]
            seeing = {e.pk for e in everybody if Case.objects.visible_to(e).filter(pk=case.pk)}
            assert seeing == expected

    @invariant()
    def calendars_by_mail_are_the_sessions(self):
        """Whoever follows the mails knows which sessions they are in, and when."""
        for session in self.sessions((SessionState.PLANNED, SessionState.CANCELLED)):
            holding = set(
                session.participations.filter(holds_time=True).values_list("employee", flat=True)
            )
            known = {}
            for mail in session_mails(session=session, kind__in=ESSENTIAL):
                known[mail.employee_id] = mail
            standing = {pk for pk, mail in known.items() if mail.kind != "sparring.cancelled"}
            assert standing == holding
            assert all(known[pk].event_starts_at == session.starts_at for pk in standing)

    @invariant()
    def a_change_is_told_to_nobody_twice(self):
        if not hasattr(self, "mails"):
            return
        new = session_mails(kind__in=ESSENTIAL, pk__gt=self.mails)
        told = Counter(new.values_list("object_id", "employee"))
        assert all(count == 1 for count in told.values())
        newest = session_mails().order_by("-pk").first()
        self.mails = newest.pk if newest else 0

    # -- helpers --------------------------------------------------------------------------------

    def pick(self, rows, number):
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    def sessions(self, states):
        if not hasattr(self, "town"):
            return []
        rows = SparringSession.objects.filter(state__in=states)
        return list(rows.select_related("case__owner", "request"))

    def chosen_by_the_system(self):
        return _Chosen(self)


class _Chosen:
    """Whoever the system puts into a session meanwhile breaks no rule and has not said no to it."""

    def __init__(self, machine):
        self.machine = machine

    def __enter__(self):
        self.before = self.seats()

    def seats(self):
        participations = Participation.objects.exclude(role=ParticipantRole.PRESENTER)
        return {
            (participation.session_id, participation.employee_id): participation
            for participation in participations.filter(holds_time=True).select_related(
                "session__case__owner"
            )
        }

    def __exit__(self, failed, *_rest):
        if failed:
            return
        for key, participation in self.seats().items():
            if key in self.before:
                continue
            session, person = participation.session, participation.employee
            earlier = session.case.ownerships.values_list("employee", flat=True)
            assert (session.request_id, person.pk) not in self.machine.refused
            assert person.pk not in earlier
            away = person.absences.filter(kind="away")
            day = timezone.localtime(session.starts_at).date()
            assert not away.filter(first_day__lte=day, last_day__gte=day).exists()
            limits = Counter(
                timezone.localtime(participation.during.lower).date()
                for participation in Participation.objects.filter(
                    employee=person, holds_time=True
                ).exclude(role=ParticipantRole.PRESENTER)
            )
            in_week = sum(
                count for limit, count in limits.items() if day - timedelta(days=7) < limit <= day
            )
            assert in_week <= person.max_per_7_days


def test_whatever_happens_in_any_order_the_rules_hold():
    run_state_machine_as_test(
        Sparring,
        settings=settings(
            max_examples=6,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
