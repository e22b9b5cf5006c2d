"""What the check finds is replaced or confirmed before the text can be copied."""

from __future__ import annotations

import pytest

from sparring.journal import text_check
from sparring.journal.text_check import check_text
from tests.factories.people import EmployeeFactory
from tests.sparring.pages import client_of, url

from .scenes import closed_session

pytestmark = pytest.mark.django_db
COPY = "data-copy-text"


@pytest.fixture
def visitor():
    return EmployeeFactory()


def post(visitor, text, **more):
    return client_of(visitor).post(
        url("journal_check"), {"text": text, **more}, headers={"HX-Request": "true"}
    ).content.decode()  # fmt: skip


def test_a_text_without_names_can_be_copied(visitor):
    page = post(visitor, "Vi besøgte et værksted.")

    assert COPY in page
    assert 'data-checked="Vi besøgte et værksted."' in page
    assert "<html" not in page


def test_a_name_is_marked_and_can_be_replaced_or_confirmed(visitor):
    text = "I dag talte vi med Mette Hansen om et værksted."
    page = post(visitor, text)

    assert "<mark>Mette Hansen</mark>" in page
    assert 'data-with="borgeren"' in page
    assert COPY not in page
    assert COPY in post(visitor, text, stands="name:mette hansen")
    assert COPY not in post(visitor, text, stands="name:mette")
    assert COPY in post(visitor, text.replace("Mette Hansen", "borgeren"))


def test_what_was_confirmed_stays_confirmed_and_another_name_does_not(visitor):
    page = post(visitor, "Mette Hansen og Ole Jensen kom.", stands="name:mette hansen")

    assert '<input type="hidden" name="stands" value="name:mette hansen">' in page
    assert "<mark>Ole Jensen</mark>" in page
    assert "<mark>Mette Hansen</mark>" not in page


def test_a_cpr_number_cannot_be_confirmed(visitor):
    text = "Borgeren med 010190-1234 kom."

    page = post(visitor, text, stands="cpr:010190-1234")

    assert "<mark>010190-1234</mark>" in page
    assert COPY not in page
    assert 'value="cpr:' not in page


def test_the_own_municipality_and_its_units_may_stand(visitor):
    unit = visitor.unit
    unit.municipality.name, unit.name = "Fjordby", "Solsiden"
    unit.municipality.save()
    unit.save()

    assert check_text("Vi mødtes i Solsiden i Fjordby.", visitor).is_clear


def test_somebody_of_no_municipality_is_answered_too():
    assert check_text("Vi mødtes.", EmployeeFactory(unit=None)).is_clear


def test_an_empty_text_is_not_copied(visitor):
    assert not check_text(" \n", visitor).is_clear


def test_a_check_that_fails_lets_nothing_through(visitor, monkeypatch, caplog):
    monkeypatch.setattr(text_check, "check", lambda *_args, **_rest: 1 / 0)

    page = post(visitor, "Undulatskrift")

    assert COPY not in page
    assert "Tjekket svarer ikke lige nu" in page
    assert "Undulatskrift" not in caplog.text


def test_places_are_counted_as_the_browser_counts_them(visitor):
    found = check_text("😀 Mette Hansen kom.", visitor)

    assert [row.start for row in found.marked] == [3]


def test_without_a_script_the_page_comes_again_with_what_was_typed(visitor):
    answer = client_of(visitor).post(url("journal_check"), {"text": "Mette Hansen kom.\r\nJa."})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" in page
    assert "Mette Hansen kom.\nJa.</textarea>" in page
    assert "<mark>Mette Hansen</mark>" in page


def test_the_check_is_only_asked_by_post(visitor):
    assert client_of(visitor).get(url("journal_check")).status_code in (403, 405)


def test_the_name_that_the_template_asks_for_needs_no_confirmation():
    session = closed_session()
    owner = session.case.owner
    owner.first_name, owner.last_name = "Amina", "Yusuf"
    owner.save()
    text = "Amina Yusuf tager med, og Ole Jensen også."

    found = check_text(text, owner, named="Amina Yusuf")

    assert [row.finding.text for row in found.marked] == ["Ole Jensen"]
    assert found.standing == ["name:amina yusuf"]


def test_the_usual_text_of_a_clean_session_is_ready_at_once():
    session = closed_session()

    page = client_of(session.case.owner).get(url("session_journal", session.pk))

    assert COPY in page.content.decode()
    assert "<mark>" not in page.content.decode()
