"""Notes are saved while they are written; closing asks once about the names that stand in them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from sparring.enums import SessionState
from sparring.models import SessionNote, StandingText
from tests.factories.sessions import running_session
from tests.sparring.pages import client_of, url
from tests.sparring.sessions.test_session_pages import closing

pytestmark = pytest.mark.django_db


def with_notes(notes):
    session = running_session()
    owner = session.case.owner
    SessionNote.objects.create(session=session, employee=owner, text=notes, saved_at=timezone.now())
    return session, client_of(session.case.owner), url("session_close", session.pk)


def state_of(session):
    session.refresh_from_db()
    return session.state


def test_a_name_in_the_notes_is_asked_about_once_when_the_session_is_closed():
    session, mine, page = with_notes("Mette vil gerne i gang.")

    first = mine.post(page, closing(session))
    asked = first.context["form"]["stored_asked"].value()
    html = first.content.decode()

    assert first.status_code == 422
    assert "I noterne står »Mette«." in html
    assert f'name="stored_asked" value="{asked}"' in html
    assert state_of(session) != SessionState.CLOSED
    assert mine.post(page, closing(session, stored_asked=asked)).status_code == 302
    assert state_of(session) == SessionState.CLOSED
    assert StandingText.objects.count() == 1


def test_clean_notes_are_not_asked_about():
    session, mine, page = with_notes("Borgeren vil gerne i gang.")

    assert mine.post(page, closing(session)).status_code == 302


def test_a_number_in_the_notes_is_refused_while_they_are_saved_and_not_stored():
    session, mine, _page = with_notes("")

    answer = mine.post(
        url("session_notes", session.pk),
        {"notes": "Ring på 22 33 44 55", "base": "", "version": 0},
        headers={"X-Autosave": "1", "Accept": "application/json"},
    )

    assert answer.status_code == 422
    assert "Slet nummeret." in answer.json()["error"]
    assert SessionNote.objects.get().text == ""
