"""The round of ideas: put by, the presenter's own first, one agreed on; and hints to the leader."""

from __future__ import annotations

import re
from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from sparring.enums import SessionState
from sparring.models import Idea, SparringSession, session_formats
from sparring.sessions.domain.facilitation import say_ready
from sparring.sessions.domain.ideas import add_idea, choose_idea, mark_idea, pass_own_idea
from sparring.sessions.domain.steps import end_session
from tests.factories.sessions import SessionFactory, go_on, people_of, running_session
from tests.sparring.pages import client_of, url

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def body(response):
    return response.content.decode()


def shown(person, session):
    return body(client_of(person).get(url("session", session.pk)))


def test_what_is_put_by_in_step_6_is_opened_by_the_presenters_own_idea():
    session = running_session(step=session_formats.CARDS)
    presenter, leader, colleague = people_of(session)
    add_idea(actor=colleague, session=session, text="Kolibrien", anonymous=True)
    add_idea(actor=leader, session=session, text="Spurven")

    for person in (presenter, leader, colleague):
        assert "Kolibrien" not in shown(person, session)
        assert "2 idéer er lagt til side." in shown(person, session)
    assert "Spurven" not in shown(presenter, session)
    assert "Spurven" in shown(leader, session)
    session = go_on(session, session_formats.IDEAS)
    assert "Kolibrien" not in shown(presenter, session)
    with pytest.raises(ValidationError):
        add_idea(actor=leader, session=session, text="Før tid")

    own = add_idea(actor=presenter, session=session, text="Min egen", anonymous=True)

    assert own.by == presenter
    for person in (presenter, leader, colleague):
        assert "Kolibrien" in shown(person, session)
    assert add_idea(actor=leader, session=session, text="En til").pk


def test_a_pass_opens_them_too():
    session = running_session(step=session_formats.CARDS)
    presenter, leader, _ = people_of(session)
    add_idea(actor=leader, session=session, text="Kolibrien")
    with pytest.raises(ValidationError):
        pass_own_idea(actor=presenter, session=session)
    session = go_on(session, session_formats.IDEAS)
    with pytest.raises(PermissionDenied):
        pass_own_idea(actor=leader, session=session)

    answer = client_of(presenter).post(url("session_pass", session.pk), headers=HTMX)
    client_of(presenter).post(url("session_pass", session.pk), headers=HTMX)

    assert "Kolibrien" in body(answer)
    session.refresh_from_db()
    assert session.ideas_opened_at is not None


def test_a_short_session_opens_them_with_the_agreement():
    session = running_session(length=10, step=session_formats.CARDS)
    presenter, leader, _ = people_of(session)
    idea = add_idea(actor=leader, session=session, text="Kolibrien")
    with pytest.raises(ValidationError):
        mark_idea(actor=presenter, idea=idea, mark="plus")

    session = go_on(session, session_formats.AGREEMENT)

    assert "Kolibrien" in shown(presenter, session)
    assert mark_idea(actor=presenter, idea=idea, mark="plus").mark == "plus"


def test_an_idea_becomes_the_agreed_action_in_one_press():
    session = running_session(step=session_formats.CARDS)
    presenter, leader, _ = people_of(session)
    ideas = [add_idea(actor=leader, session=session, text=text) for text in ("En", "To")]
    with pytest.raises(ValidationError):
        choose_idea(actor=presenter, idea=ideas[0])
    session = go_on(session, session_formats.AGREEMENT)
    with pytest.raises(PermissionDenied):
        choose_idea(actor=leader, idea=ideas[0])
    choose_idea(actor=presenter, idea=ideas[0])
    client = client_of(presenter)

    by_script = client.post(url("session_choose", session.pk, ideas[1].pk), headers=HTMX)
    by_form = client.post(url("session_choose", session.pk, ideas[1].pk))

    form = url("session_close", session.pk)
    assert (by_script["HX-Redirect"], by_form["Location"]) == (form, form)
    assert re.search(r'name="what"[^>]* value="To"', body(client.get(form)))
    assert list(Idea.objects.filter(chosen=True)) == [ideas[1]]
    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.update(chosen=True)


def test_an_idea_is_chosen_in_its_round_and_everybody_sees_it():
    session = running_session(step=session_formats.IDEAS)
    presenter, leader, _ = people_of(session)
    own = add_idea(actor=presenter, session=session, text="Min egen")

    answer = client_of(presenter).post(url("session_choose", session.pk, own.pk), headers=HTMX)

    assert "HX-Redirect" not in answer
    assert "Det gør vi" in shown(leader, session)
    session = end_session(actor=presenter, session=session)
    assert choose_idea(actor=presenter, idea=own).chosen
    SparringSession.objects.update(state=SessionState.CLOSED)
    with pytest.raises(ValidationError):
        choose_idea(actor=presenter, idea=own)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_one_idea():
    session = running_session(step=session_formats.CARDS)
    leader, key = people_of(session)[1], uuid4()
    barrier = Barrier(2)

    def send():
        try:
            barrier.wait()
            add_idea(actor=leader, session=session, text="Kolibrien", sent_as=key)
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Idea.objects.count() == 1
    page = shown(leader, session)
    again = re.search(r'name="sent_as" value="([^"]+)"', page)[1]
    for _ in range(2):
        client_of(leader).post(
            url("session_idea", session.pk), {"text": "Spurven", "sent_as": again}
        )
    assert Idea.objects.count() == 2


def test_being_ready_is_a_hint_and_moves_nobody():
    session = running_session(step=session_formats.FACTS)
    presenter, leader, colleague = people_of(session)
    client = client_of(colleague)
    address, sent = url("session_ready", session.pk), {"step": session_formats.FACTS, "ready": "1"}

    for _ in range(2):
        client.post(address, sent, headers=HTMX)
    say_ready(actor=presenter, session=session, step=session_formats.FACTS)

    session.refresh_from_db()
    assert session.step == session_formats.FACTS
    assert "2 af jer er klar til næste trin." in shown(leader, session)
    client.post(address, {**sent, "ready": "0"}, headers=HTMX)
    assert "1 af jer er klar til næste trin." in shown(leader, session)
    say_ready(actor=presenter, session=session, step=session_formats.STORY)  # an old screen
    assert "1 af jer er klar til næste trin." in shown(leader, session)
    session = go_on(session, session_formats.BIDS)
    assert "klar til næste trin." not in shown(leader, session)


def test_who_is_not_in_it_says_nothing():
    session = running_session(step=session_formats.FACTS)
    other = people_of(SessionFactory())[1]

    with pytest.raises(PermissionDenied):
        say_ready(actor=other, session=session, step=session_formats.FACTS)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (session_formats.STORY, ("Du har ordet nu.", "{owner} taler nu", "{owner} taler nu")),
        (session_formats.FACTS, ("Dine kolleger spørger nu", "Du og de andre", "Du og de andre")),
        (session_formats.BIDS, ("Alle skriver nu",) * 3),
        (session_formats.CARDS, ("Dine kolleger taler nu", "Du og de andre", "Du og de andre")),
        (session_formats.IDEAS, ("Du har ordet nu.", "{owner} taler nu", "{owner} taler nu")),
        (session_formats.AGREEMENT, ("Du har ordet nu.", "{owner} taler nu", "{owner} taler nu")),
    ],
)
def test_every_step_says_whose_turn_it_is(step, said):
    session = running_session()
    SparringSession.objects.update(step=step)

    for person, sentence in zip(people_of(session), said, strict=True):
        assert sentence.format(owner=session.case.owner) in shown(person, session)


def test_a_session_that_is_opened_early_starts_for_those_who_wait():
    later = timezone.now() + timedelta(hours=3)
    session = SessionFactory(starts_at=later)
    presenter, leader, _ = people_of(session)
    client = client_of(leader)
    asks = re.search(r'hx-get="([^"]+)"', body(client.get(url("session", session.pk))))[1]
    assert client.get(asks).status_code == 204

    client_of(presenter).post(url("session_start", session.pk), {"confirmed": "1"})

    assert client.get(asks)["HX-Redirect"] == url("session", session.pk)
