"""A talk with its people, in any state. The presenter and the leader have said yes."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from kb.models import QuestionCard
from sparring.enums import Answer, ParticipantRole, RequestState, SessionState
from sparring.models import Participation, SparringRequest, SparringSession, session_formats
from sparring.sessions.domain.rounds import give_bid, go_on_without_bid
from sparring.sessions.domain.steps import go_to_step, start_session
from sparring.sessions.queries.facilitation import driver_of
from sparring.sessions.queries.sessions import waiting_for

from .kb import theme_numbered
from .people import EmployeeFactory
from .sparring import CaseFactory


class RequestFactory(DjangoModelFactory):
    class Meta:
        model = SparringRequest

    case = factory.SubFactory(CaseFactory)
    created_by = factory.LazyAttribute(lambda o: o.case.owner)
    key_question = "Hvad er jeg holdt op med at se?"
    state = RequestState.BOOKED


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = SparringSession
        skip_postgeneration_save = True

    case = factory.SubFactory(CaseFactory)
    request = factory.SubFactory(RequestFactory, case=factory.SelfAttribute("..case"))
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=5))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(minutes=o.length))
    length = 25
    state = SessionState.PLANNED
    calendar_uid = factory.LazyFunction(uuid4)

    @factory.post_generation
    def people(session, create, extracted, **kwargs):
        if create:
            take_part(session, session.case.owner, ParticipantRole.PRESENTER)
            unit = session.case.unit
            for role in extracted or (ParticipantRole.FACILITATOR, ParticipantRole.COLLEAGUE):
                take_part(session, EmployeeFactory(unit=unit), role)


class CardFactory(DjangoModelFactory):
    class Meta:
        model = QuestionCard

    class Params:
        theme_number = 4

    theme = factory.LazyAttribute(lambda card: theme_numbered(card.theme_number))
    text = factory.Sequence(lambda n: f"Hvilken forklaring har vi ikke prøvet? ({n})")


def take_part(session, employee, role, answer=Answer.YES):
    return Participation.objects.create(
        session=session,
        employee=employee,
        role=role,
        answer=answer,
        during=(session.starts_at, session.ends_at),
    )


def people_of(session):
    """Presenter, leader and colleague, in that order."""
    return [row.employee for row in session.participations.order_by("pk")]


def running_session(step=None, **values):
    """A session that runs; at `step` when given, with the cards of four themes to draw from."""
    session = SessionFactory(**values)
    session = start_session(actor=session.case.owner, session=session)
    if step is not None:
        SparringSession.objects.filter(pk=session.pk).update(step=step)
        session.refresh_from_db()
    return session


def driver(session):
    """Whoever moves the session from step to step."""
    return driver_of(session).employee


def go_on(session, step, **rest):
    """Move the talk to a step, as whoever drives it; the bids are not what this is about."""
    if step > session_formats.BIDS:
        SparringSession.objects.filter(pk=session.pk, bids_opened_at=None).update(
            bids_opened_at=timezone.now()
        )
    return go_to_step(actor=driver(session), session=session, step=step, **rest)


def open_bids(session):
    """Whoever drives it gives a bid if it is missing, and goes on without all that are."""
    leader = driver(session)
    if not session.bids.filter(employee=leader).exists():
        give_bid(actor=leader, session=session, value=5, because="Det er mit eget bud.")
    for participation in waiting_for(session):
        session = go_on_without_bid(actor=leader, session=session, of=participation.employee)
    session.refresh_from_db()
    return session
