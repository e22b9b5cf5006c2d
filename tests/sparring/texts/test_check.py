"""The answer below a field while one writes: for whoever is logged in, kept and logged nowhere."""

from __future__ import annotations

import logging

import pytest
from django.urls import reverse

from privacy.models import AuditEntry
from tests.factories.kb import PhraseFactory
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import running_session
from tests.factories.sparring import CaseFactory
from tests.sparring.pages import client_of

pytestmark = pytest.mark.django_db
ADDRESS = "/sager/tekst/"


def ask(client, text, name="because", field="id_because"):
    headers = {"HX-Trigger-Name": name, "HX-Trigger": field}
    return client.post(ADDRESS, {name: text}, headers=headers)


def test_a_name_is_said_with_the_words_that_could_stand_there(client):
    client.force_login(EmployeeFactory())

    html = ask(client, "Talt med Mette i dag.").content.decode()

    assert "»Mette«" in html
    assert 'data-replace="id_because" data-start="9"' in html
    assert 'data-found="Mette" data-with="borgeren"' in html
    assert "Det kan ikke gemmes." not in html


def test_a_number_is_said_to_be_refused(client):
    client.force_login(EmployeeFactory())

    assert "Det kan ikke gemmes." in ask(client, "Ring på 22 33 44 55.").content.decode()


def test_a_rare_letter_before_it_counts_as_the_browser_counts(client):
    client.force_login(EmployeeFactory())

    assert 'data-start="12"' in ask(client, "😀 Talt med Mette.").content.decode()


def test_many_findings_are_told_in_part(client):
    client.force_login(EmployeeFactory())
    text = "Mødte Mette, Ahmed, Fatima, Søren, Karin, Yusuf, Torben og Jytte."

    html = ask(client, text).content.decode()

    assert html.count("<strong>") == 6
    assert "Og 2 flere." in html


def test_a_clean_text_is_answered_with_nothing(client):
    client.force_login(EmployeeFactory())

    for text in ("Borgeren kom til tiden.", "", "   "):
        assert ask(client, text).content.decode().strip() == ""


def test_the_phrase_cards_speak_in_the_same_place(client):
    PhraseFactory(phrase="Ikke motiveret", alternative="Hvad trækker?")
    client.force_login(EmployeeFactory())

    assert "Hvad trækker?" in ask(client, "Han er ikke motiveret.").content.decode()


def test_nothing_of_the_text_is_kept_or_logged(client, caplog):
    client.force_login(EmployeeFactory())
    before = AuditEntry.objects.count()

    with caplog.at_level(logging.DEBUG):
        answer = ask(client, "Talt med Kanariefugl Mette.")

    assert "no-store" in answer["Cache-Control"]
    assert AuditEntry.objects.count() == before
    assert "Mette" not in caplog.text


def test_only_a_logged_in_person_asks_and_only_by_post(client):
    assert ask(client, "Mette").status_code == 302
    client.force_login(EmployeeFactory())
    assert client.get(ADDRESS).status_code in (403, 405)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("case_hand_over", ["reason"]),
        ("belief_register", ["because"]),
        ("belief_citizen", ["because"]),
        ("action_plan", ["what", "chosen_words"]),
        ("request", ["key_question"]),
        ("case_strengths", ["strength_0", "motivates", "how_to_meet"]),
        ("case_pause", ["reason"]),
    ],
)
def test_the_forms_of_a_case_ask_beside_each_field(name, fields):
    case = CaseFactory()

    page = client_of(case.owner).get(reverse(f"sparring:{name}", args=[case.code]))
    html = page.content.decode()

    assert html.count(f'hx-post="{ADDRESS}"') == html.count('class="live-check"')
    for field in fields:
        assert f'hx-target="#check-id_{field}"' in html
        assert f'id="check-id_{field}"' in html


def test_the_notes_of_a_session_ask_while_they_are_written():
    session = running_session()

    page = client_of(session.case.owner).get(reverse("sparring:session", args=[session.pk]))
    html = page.content.decode()

    assert f'hx-post="{ADDRESS}"' in html
    assert 'id="check-notes"' in html
