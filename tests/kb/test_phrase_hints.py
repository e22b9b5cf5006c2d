"""The phrase cards beside a text: a hint, never a filter."""

from __future__ import annotations

import logging

import pytest
from django.contrib.admin.models import LogEntry

from kb.phrase_hints import hints_in
from privacy.models import AuditEntry
from tests.factories.kb import PhraseFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/sager/tekst/"
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
