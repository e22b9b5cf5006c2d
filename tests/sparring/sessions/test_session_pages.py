import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from privacy.models import AuditEntry
from sparring.enums import Answer, ParticipantRole, RequestState, SessionState, StopReason
from sparring.models import (
    Belief,
    BlindBid,
    FollowUp,
    Idea,
    Outcome,
    SparringSession,
    session_formats,
)
from sparring.notes.domain.notes import write_note
from sparring.sessions.domain.ideas import add_idea
from sparring.sessions.domain.rounds import give_bid
from sparring.sessions.domain.steps import red_card, start_session
from sparring.sessions.forms.sessions import ClosingForm
from stories.models import StoryPage
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import (
    CardFactory,
    SessionFactory,
    driver,
    go_on,
    open_bids,
    people_of,
    running_session,
    take_part,
)
from tests.factories.sparring import BeliefFactory, CaseFactory
from tests.factories.stories import make_home
from tests.sparring.pages import client_of, url

pytestmark = pytest.mark.django_db
CPR = "Født 010190-1234"
CPR_REFUSED = "Det ligner et CPR-nummer"
# The page, what has changed, and the answer that nothing has.
QUERIES = (28, 19, 11)


def page(client, session):
    return client.get(url("session", session.pk))


def text_of(response):
    return response.content.decode()


def closing(session, **values):
    today = timezone.localdate()
    return {
        "value": "6",
        "because": "Hun har selv fundet to steder.",
        "kind": "company_visit",
        "what": "Besøge det ene sted sammen.",
        "responsible": str(session.case.owner_id),
        "first_step_on": str(today + timedelta(days=7)),
        "deadline": str(today + timedelta(days=10)),
        "citizen_told": "Vi tager afsted i næste uge.",
        "citizen_told_on": str(today + timedelta(days=2)),
        "follow_up_on": str(today + timedelta(days=30)),
        **values,
    }


@pytest.mark.parametrize(
    "state", [SessionState.PLANNED, SessionState.AWAITING_OUTCOME, SessionState.RUNNING]
)
def test_participants_see_the_page_and_nobody_else(state):
    session = running_session()
    SparringSession.objects.update(state=state)
    no = EmployeeFactory(unit=session.case.unit)
    take_part(session, no, ParticipantRole.COLLEAGUE, Answer.NO)
    others = [no, EmployeeFactory(unit=session.case.unit), EmployeeFactory(coordinator=True)]

    for person in people_of(session)[:3]:
        response = page(client_of(person), session)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
    for person in others:
        assert page(client_of(person), session).status_code == 404
        assert client_of(person).get(url("session_state", session.pk)).status_code == 404
        assert client_of(person).post(url("session_step", session.pk)).status_code == 404
    assert AuditEntry.objects.filter(action="case.view").count() == 3


def test_access_ends_14_days_after_the_session_closed():
    session = running_session()
    colleague = people_of(session)[2]
    client_of(session.case.owner).post(url("session_close", session.pk), closing(session))
    assert page(client_of(colleague), session).status_code == 200

    with time_machine.travel(timezone.now() + timedelta(days=14, hours=1)):
        assert page(client_of(colleague), session).status_code == 404
        assert page(client_of(session.case.owner), session).status_code == 200


def test_the_clock_is_the_same_for_two_people_and_after_a_reload():
    session = running_session(step=session_formats.FACTS)
    presenter, leader, _ = people_of(session)
    deadline = int((session.step_started_at + timedelta(minutes=3)).timestamp() * 1000)

    clocks = [
        re.search(r'data-deadline="(\d+)"', text_of(page(client_of(person), session)))[1]
        for person in (presenter, leader, presenter)
    ]

    assert clocks == [str(deadline)] * 3


def test_a_browser_is_told_only_when_something_has_changed():
    session = running_session(step=session_formats.FACTS)
    _presenter, leader, _ = people_of(session)
    client = client_of(leader)
    asks = re.search(r'hx-get="([^"]+)"', text_of(page(client, session)))[1]

    assert client.get(asks).status_code == 204
    go_on(session, session_formats.BIDS)
    changed = text_of(client.get(asks))

    assert 'id="session-main" hx-swap-oob="true"' in changed
    assert "Blindt bud" in changed
    assert client.get(re.search(r'hx-get="([^"]+)"', changed)[1]).status_code == 204


def test_a_new_bid_changes_only_the_list_of_bids():
    session = running_session(step=session_formats.BIDS)
    presenter, leader, _ = people_of(session)
    client = client_of(leader)
    asks = re.search(r'hx-get="([^"]+)"', text_of(page(client, session)))[1]

    give_bid(actor=presenter, session=session, value=9, because="Kanariefuglen sang i går")
    changed = text_of(client.get(asks))

    assert 'id="session-live" hx-swap-oob="true"' in changed
    assert 'id="session-main"' not in changed
    assert "Kanariefuglen" not in changed


def test_a_browser_goes_along_when_the_session_ends_or_is_stopped():
    session = running_session()
    presenter, leader, _ = people_of(session)
    client = client_of(leader)
    asks = re.search(r'hx-get="([^"]+)"', text_of(page(client, session)))[1]

    client_of(presenter).post(url("session_end", session.pk))
    assert client.get(asks)["HX-Redirect"] == url("session", session.pk)
    SparringSession.objects.update(state=SessionState.RUNNING)
    red_card(actor=presenter, session=session, reason=StopReason.DECIDING)

    assert client.get(asks)["HX-Redirect"] == url("session_stop", session.pk)
    stopped = client.get(url("session_stop", session.pk))
    assert stopped.status_code == 200
    assert session.case.code not in text_of(stopped)


def test_a_session_far_from_its_time_asks_first():
    session = SessionFactory(starts_at=timezone.now() + timedelta(days=2))
    client = client_of(session.case.owner)

    asked = client.post(url("session_start", session.pk))
    assert 'name="confirmed"' in text_of(asked)
    session.refresh_from_db()
    assert session.state == SessionState.PLANNED
    client.post(url("session_start", session.pk), {"confirmed": "1"})

    session.refresh_from_db()
    assert session.state == SessionState.RUNNING


def test_the_whole_session_by_plain_forms():
    session = SessionFactory()
    CardFactory.create_batch(4)
    people = people_of(session)
    presenter, leader, colleague = map(client_of, people)

    presenter.post(url("session_start", session.pk))
    for step in (3, 4):
        leader.post(url("session_step", session.pk), {"from": step - 1, "step": step})
    for number, client in enumerate((presenter, leader, colleague)):
        bid = {"value": number, "because": f"Den grund, der giver {number}"}
        client.post(url("session_bid", session.pk), bid)
    assert "Den grund, der giver 2" in text_of(page(presenter, session))
    for step in (5, 6):
        leader.post(url("session_step", session.pk), {"from": step - 1, "step": step})
    card = session.cards.first()
    leader.post(url("session_swap", session.pk, card.pk))
    assert session.cards.filter(swapped_out=False).count() == 2
    leader.post(url("session_step", session.pk), {"from": 6, "step": 7})
    presenter.post(url("session_pass", session.pk))
    colleague.post(url("session_idea", session.pk), {"text": "Ring i dag.", "anonymous": "on"})
    idea = Idea.objects.get()
    presenter.post(url("session_mark", session.pk, idea.pk), {"mark": "plus"})
    answer = presenter.post(url("session_close", session.pk), closing(session))

    assert answer.status_code == 302
    assert (Idea.objects.get().mark, Outcome.objects.get().changed_mind) == ("plus", "up")
    assert BlindBid.objects.count() == 3
    closed = text_of(page(colleague, session))
    assert "Besøge det ene sted sammen." in closed


def test_htmx_gets_the_step_in_place_of_a_page():
    session = running_session(step=session_formats.FACTS)
    client = client_of(driver(session))

    answer = client.post(
        url("session_step", session.pk), {"from": 3, "step": 4}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 200
    assert "<html" not in text_of(answer)
    assert 'id="session-main"' in text_of(answer)


def test_a_refused_form_keeps_what_was_typed():
    session = running_session(step=session_formats.BIDS)
    client = client_of(session.case.owner)

    answer = client.post(url("session_bid", session.pk), {"value": "7", "because": CPR})

    assert answer.status_code == 422
    assert CPR in text_of(answer)
    assert CPR_REFUSED in text_of(answer)
    assert not BlindBid.objects.exists()


@pytest.mark.parametrize(
    ("name", "step", "values"),
    [
        ("session_question", None, {"key_question": CPR}),
        ("session_bid", session_formats.BIDS, {"value": "7", "because": CPR}),
        ("session_idea", session_formats.IDEAS, {"text": CPR}),
        ("session_notes", session_formats.FACTS, {"notes": CPR}),
    ],
)
def test_a_cpr_number_is_refused_in_every_field(name, step, values):
    session = running_session(step=step) if step else SessionFactory()

    answer = client_of(session.case.owner).post(url(name, session.pk), values)

    assert answer.status_code == 422
    assert CPR in text_of(answer)
    assert CPR_REFUSED in text_of(answer)


@pytest.mark.parametrize("field", ["because", "what", "citizen_told"])
def test_closing_refuses_a_cpr_number_and_keeps_everything(field):
    session = running_session()
    typed = closing(session, **{field: CPR})

    answer = client_of(session.case.owner).post(url("session_close", session.pk), typed)

    assert answer.status_code == 422
    for value in (CPR, CPR_REFUSED, typed["deadline"]):
        assert value in text_of(answer)
    assert not Belief.objects.exists()


@pytest.mark.parametrize(
    "field",
    ["value", "because", "kind", "what", "responsible", "deadline", "citizen_told"],
)
def test_closing_needs_everything_and_keeps_what_was_typed(field):
    session = running_session()
    typed = closing(session)
    del typed[field]

    answer = client_of(session.case.owner).post(url("session_close", session.pk), typed)

    assert answer.status_code == 422
    kept = "because" if field != "because" else "what"
    assert typed[kept] in text_of(answer)
    assert not Outcome.objects.exists()


def test_each_field_of_the_closing_form_says_itself_what_is_missing():
    session = running_session()
    form = ClosingForm({}, people=[session.case.owner], case=session.case)

    told = [text for errors in form.errors.values() for text in errors]

    assert set(form.errors) == set(ClosingForm.when_empty)
    assert len(set(told)) == len(told)
    assert "Dette felt er påkrævet." not in told


def test_closing_refuses_what_is_no_sentence_or_was_said_before_and_keeps_it():
    session = running_session()
    said = "Hun har selv fundet to steder at se."
    BeliefFactory(case=session.case, by_employee=session.case.owner, value=7, because=said)
    client = client_of(session.case.owner)
    for typed, sentence in (
        ("Mavefornemmelse", "Skriv en sætning på mindst fire ord"),
        (said.rstrip("."), "Du skrev næsten det samme sidst."),
    ):
        sent = closing(session, value="7", because=typed)
        answer = client.post(url("session_close", session.pk), sent)

        assert answer.status_code == 422
        for text in (typed, sentence, sent["what"], sent["deadline"]):
            assert text in text_of(answer)
    assert not Outcome.objects.exists()


@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}])
def test_a_bid_with_a_word_for_a_reason_is_refused_and_kept(htmx):
    session = running_session(step=session_formats.BIDS)
    typed = {"value": "7", "because": "Mavefornemmelse"}

    client = client_of(session.case.owner)
    answer = client.post(url("session_bid", session.pk), typed, headers=htmx)

    assert "Skriv en sætning på mindst fire ord" in text_of(answer)
    assert 'value="Mavefornemmelse"' in text_of(answer)
    assert re.search(r'value="7"[^>]*checked', text_of(answer))
    assert not session.bids.exists()


def test_only_the_presenter_gets_the_closing_form():
    session = running_session()

    for person in people_of(session)[1:]:
        assert client_of(person).get(url("session_close", session.pk)).status_code == 404
    assert client_of(session.case.owner).get(url("session_close", session.pk)).status_code == 200


def test_the_presenter_listens_in_step_6():
    session = running_session(step=session_formats.CARDS)
    presenter, leader, _ = people_of(session)

    assert 'name="text"' not in text_of(page(client_of(presenter), session))
    assert 'name="text"' in text_of(page(client_of(leader), session))
    answer = client_of(presenter).post(url("session_idea", session.pk), {"text": "Ja, men …"})
    assert answer.status_code == 422
    assert not Idea.objects.exists()


@pytest.mark.parametrize("step", [None, session_formats.BIDS])
def test_colleagues_see_no_belief_before_the_bids_are_open(step):
    session = running_session(step=step) if step else SessionFactory()
    BeliefFactory(case=session.case, value=3, because="Papegøjen")
    leader = people_of(session)[1]

    assert 'id="belief-title"' not in text_of(page(client_of(leader), session))
    SparringSession.objects.update(state=SessionState.RUNNING, step=session_formats.BIDS)
    open_bids(session)

    assert 'id="belief-title"' in text_of(page(client_of(leader), session))


def test_a_red_card_by_a_colleague():
    session = running_session()
    colleague = people_of(session)[2]
    client = client_of(colleague)

    assert client.get(url("session_stop", session.pk)).status_code == 200
    assert client.post(url("session_stop", session.pk), {}).status_code == 422
    client.post(url("session_stop", session.pk), {"reason": StopReason.RECOGNISABLE})

    session.refresh_from_db()
    assert session.state == SessionState.CANCELLED
    assert page(client, session).status_code == 404


def test_following_up():
    session = running_session()
    owner = client_of(session.case.owner)
    owner.post(url("session_close", session.pk), closing(session))
    row = FollowUp.objects.get()
    address = url("follow_up", row.pk)

    assert client_of(people_of(session)[1]).get(address).status_code == 404
    refused = owner.post(address, {"action_done": "no"})
    assert refused.status_code == 422
    cpr = owner.post(address, {"action_done": "no", "note": CPR})
    assert (cpr.status_code, CPR in text_of(cpr)) == (422, True)
    owner.post(address, {"action_done": "yes", "note": "Vi var der en time."})

    assert FollowUp.objects.get().action_done == "yes"
    assert "Vi var der en time." in text_of(owner.get(address))


def test_a_follow_up_asks_for_what_was_agreed_and_not_for_its_kind():
    session = running_session()
    owner = client_of(session.case.owner)
    owner.post(
        url("session_close", session.pk), closing(session, kind="other", what="Ring til Føtex")
    )

    with time_machine.travel(FollowUp.objects.get().due_on):
        page = text_of(client_of(session.case.owner).get(url("index")))

    assert "Skete det? Aftalt: »Ring til Føtex«." in page


def test_a_follow_up_is_dropped_on_the_page():
    session = running_session()
    owner = client_of(session.case.owner)
    owner.post(url("session_close", session.pk), closing(session))
    address = url("follow_up", FollowUp.objects.get().pk)

    assert owner.post(address, {"form": "drop", "dropped_because": ""}).status_code == 422
    owner.post(address, {"form": "drop", "dropped_because": "Flyttet."})

    assert "Flyttet." in text_of(owner.get(address))


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code in (200, 204)
    return len(captured)


def crowd(session, colleagues):
    """Give every participant a bid and an idea, with so many more colleagues."""
    for _ in range(colleagues):
        take_part(session, EmployeeFactory(unit=session.case.unit), ParticipantRole.COLLEAGUE)
    SparringSession.objects.filter(pk=session.pk).update(step=session_formats.BIDS)
    for person in people_of(session):
        give_bid(actor=person, session=session, value=5, because="Hun mødte til tiden i går.")
    SparringSession.objects.filter(pk=session.pk).update(step=session_formats.IDEAS)
    for person in people_of(session):
        add_idea(actor=person, session=session, text="Ring i dag.")


def test_the_page_asks_the_database_as_often_for_two_people_as_for_five():
    small = running_session(people=(ParticipantRole.FACILITATOR,))
    large = running_session(people=(ParticipantRole.FACILITATOR,))
    crowd(small, 0)
    crowd(large, 3)
    counts = []
    for session in (small, large):
        client = client_of(people_of(session)[1])
        quiet = re.search(r'hx-get="([^"]+)"', text_of(page(client, session)))[1]
        changed = url("session_state", session.pk) + "?v=running.x.y.z"
        addresses = (url("session", session.pk), changed, quiet)
        counts.append(tuple(queries(client, address) for address in addresses))

    assert counts == [QUERIES] * 2


def test_notes_of_the_session_are_read_by_its_participants_when_it_is_closed():
    session = running_session()
    owner = session.case.owner
    write_note(actor=owner, session=session, text="Kolibrien")
    client_of(owner).post(url("session_close", session.pk), closing(session))

    assert "Kolibrien" in text_of(page(client_of(people_of(session)[2]), session))


def test_asking_for_news_does_not_keep_an_idle_login_alive():
    session = running_session()
    client, busy = (client_of(driver(session)) for _ in range(2))
    now = timezone.now()
    asks = re.search(r'hx-get="([^"]+)"', text_of(page(client, session)))[1]
    page(busy, session)

    for minutes in range(5, 30, 5):
        with time_machine.travel(now + timedelta(minutes=minutes)):
            assert client.get(asks).status_code == 204
    with time_machine.travel(now + timedelta(minutes=20)):
        assert page(busy, session).status_code == 200

    with time_machine.travel(now + timedelta(minutes=31)):
        assert busy.get(asks).status_code == 204
        htmx = {"HX-Request": "true", "HX-Current-URL": f"http://x{url('session', session.pk)}"}
        answer = client.get(asks, headers=htmx)
        assert answer["HX-Redirect"] == f"/konto/login/?next={url('session', session.pk)}"
        assert text_of(answer) == ""
        assert page(client, session).status_code == 302


@pytest.mark.parametrize(
    "changes_at", [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]
)
def test_a_session_that_runs_across_a_clock_change_keeps_its_clock(changes_at):
    with time_machine.travel(changes_at - timedelta(minutes=1), tick=False):
        session = running_session()
        _presenter, leader, _ = people_of(session)
        go_on(session, session_formats.FACTS)
        client = client_of(leader)
        before = clock_of(client, session)
    with time_machine.travel(changes_at + timedelta(minutes=1), tick=False):
        after = clock_of(client, session)

    assert before == (before[0], 180)
    assert after == (before[0], 60)


def clock_of(client, session):
    """The deadline, and the seconds left of it by the server's clock."""
    text = text_of(page(client, session))
    deadline, now = (
        int(re.search(rf'data-{name}="(\d+)"', text)[1]) for name in ("deadline", "server-now")
    )
    return deadline, (deadline - now) // 1000


def test_the_planned_page_takes_a_change_of_people_without_being_drawn_anew():
    session = SessionFactory()
    client = client_of(session.case.owner)
    asks = re.search(r'hx-get="([^"]+)"', text_of(page(client, session)))[1]
    leader = people_of(session)[1]

    session.participations.filter(employee=leader).update(answer=Answer.NO, holds_time=False)
    changed = client.get(asks)

    assert 'id="session-poll"' in text_of(changed)
    assert "hx-swap-oob" not in text_of(changed)
    assert client.get(re.search(r'hx-get="([^"]+)"', text_of(changed))[1]).status_code == 204


def test_the_citizens_chair_goes_round():
    case = CaseFactory()
    people = [EmployeeFactory(unit=case.unit) for _ in range(2)]
    chairs = []
    for days in (40, 30, 20):
        session = SessionFactory(case=case, starts_at=timezone.localtime() - timedelta(days=days))
        session.participations.exclude(role=ParticipantRole.PRESENTER).delete()
        for person, role in zip(
            people, (ParticipantRole.FACILITATOR, ParticipantRole.COLLEAGUE), strict=True
        ):
            take_part(session, person, role)
        with time_machine.travel(session.starts_at, tick=False):
            start_session(actor=case.owner, session=session)
            go_on(session, session_formats.CARDS)
            text = text_of(page(client_of(case.owner), session))
        session.refresh_from_db()
        chairs.append(session.citizens_chair)
        assert f"{session.citizens_chair} kan sætte sig i borgerens stol" in text
        SparringSession.objects.filter(pk=session.pk).update(state=SessionState.CLOSED)
        session.request.state = RequestState.HELD
        session.request.save()

    assert chairs == [people[0], people[1], people[0]]


def test_a_closed_talk_becomes_a_story_of_ones_own():
    make_home()
    session = running_session()
    owner, leader, _colleague = people_of(session)
    mine = client_of(owner)
    address = url("session_story", session.pk)
    assert mine.post(address).status_code == 404
    closed = mine.post(url("session_close", session.pk), closing(session))
    assert closed.status_code == 302
    assert client_of(leader).post(address).status_code == 404

    begun = mine.post(address)
    again = mine.post(address)

    draft = StoryPage.objects.get()
    assert begun["Location"] == again["Location"] == reverse("stories:draft", args=[draft.pk])
    assert draft.author == owner


def test_the_open_bids_say_how_far_they_lie_apart():
    session = running_session(step=session_formats.BIDS)
    presenter, _leader, colleague = people_of(session)
    for person, value in ((presenter, 5), (colleague, 8)):
        give_bid(actor=person, session=session, value=value, because="Hun kom selv forbi i dag.")

    session = open_bids(session)

    assert "Fra 5 til 8." in text_of(page(client_of(colleague), session))
    BlindBid.objects.update(value=5)
    assert "I siger alle 5." in text_of(page(client_of(colleague), session))
