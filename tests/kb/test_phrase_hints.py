"""The phrase cards beside notes, handovers, beliefs and stories: a hint, never a filter."""

from __future__ import annotations

import logging

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from kb.phrase_hints import hints_in
from privacy.models import AuditEntry
from tests.factories.kb import PhraseFactory
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import running_session
from tests.factories.sparring import CaseFactory
from tests.sparring.pages import client_of

pytestmark = pytest.mark.django_db
ADDRESS = "/ordkort/tips/"
TEXT = "Han er ikke motiveret og bor ved havnen."


@pytest.fixture
def card():
    return PhraseFactory(phrase="Ikke motiveret", alternative="Hvad trækker?")


def ask(client, text, name="reason"):
    return client.post(ADDRESS, {name: text}, headers={"HX-Trigger-Name": name})


def test_the_field_is_answered_with_an_alternative(client, card):
    client.force_login(EmployeeFactory())

    hint = ask(client, TEXT)

    assert hint.status_code == 200
    assert card.alternative in hint.content.decode()
    assert ask(client, "Han møder hver dag.").content.decode().strip() == ""
    assert ask(client, "").content.decode().strip() == ""
    assert "no-store" in hint["Cache-Control"]


@pytest.mark.parametrize("count", [1, 3])
def test_however_many_cards_one_question_is_asked_of_the_database(count, django_assert_num_queries):
    for number in range(count):
        PhraseFactory(phrase=f"Lukket nummer {number}")

    with django_assert_num_queries(1):
        assert len(hints_in("lukkede numre 1, lukket nummer 0")) == 1
    with django_assert_num_queries(0):
        assert hints_in("  ") == []


def test_nothing_of_the_text_is_kept_or_logged(client, card, caplog):
    client.force_login(EmployeeFactory())
    before = AuditEntry.objects.count(), LogEntry.objects.count()

    with caplog.at_level(logging.DEBUG):
        ask(client, TEXT)

    assert (AuditEntry.objects.count(), LogEntry.objects.count()) == before
    assert "havnen" not in caplog.text


def test_only_a_logged_in_person_asks_and_only_by_post(client, card):
    assert ask(client, TEXT).status_code == 302
    client.force_login(EmployeeFactory())
    assert client.get(ADDRESS).status_code in (403, 405)


@pytest.mark.parametrize(
    ("name", "field"),
    [("case_hand_over", "reason"), ("belief_register", "because"), ("belief_citizen", "because")],
)
def test_the_forms_of_a_case_ask_beside_the_field(name, field):
    case = CaseFactory()

    page = client_of(case.owner).get(reverse(f"sparring:{name}", args=[case.code]))

    assert f'id="check-{field}"' in page.content.decode()
    assert page.context["form"].fields[field].widget.attrs["hx-post"] == ADDRESS


def test_the_notes_of_a_session_ask_and_are_saved_as_they_are_written(card):
    session = running_session()
    view = (
        client_of(session.participations.get(role="facilitator").employee)
        if (session.participations.filter(role="facilitator").exists())
        else client_of(session.case.owner)
    )

    page = view.get(reverse("sparring:session", args=[session.pk])).content.decode()

    assert ADDRESS in page
    assert 'id="check-notes"' in page


def test_a_hint_never_stops_what_is_written(card):
    case = CaseFactory()
    colleague = EmployeeFactory(unit=case.unit)

    answer = client_of(case.owner).post(
        reverse("sparring:case_hand_over", args=[case.code]), {"to": colleague.pk, "reason": TEXT}
    )

    assert answer.status_code == 302
    assert case.ownerships.get(until=None).reason == TEXT
