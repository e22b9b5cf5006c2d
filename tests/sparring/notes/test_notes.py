"""Everybody's notes: nobody overwrites anybody, and what was taken out is kept for 25 minutes."""

from __future__ import annotations

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from privacy.models import AuditEntry
from sparring.enums import Answer, ParticipantRole, SessionState
from sparring.models import EarlierNote, SessionNote, SparringSession
from sparring.notes.domain.notes import bring_back, forget_earlier, write_note
from sparring.notes.queries.notes import earlier_of, seen_by, text_of
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import SessionFactory, people_of, running_session
from tests.sparring.pages import client_of, url

pytestmark = pytest.mark.django_db
CPR = "Født 010190-1234"
CPR_REFUSED = "Det ligner et CPR-nummer"
AUTOSAVE = {"X-Autosave": "1"}


def body(response):
    return response.content.decode()


def test_everybody_writes_and_sees_what_the_others_write():
    session = running_session()
    presenter, leader, colleague = people_of(session)

    write_note(actor=presenter, session=session, text="Møder op.")
    write_note(actor=leader, session=session, text="Spørg smeden.")
    write_note(actor=presenter, session=session, text="Møder op hver gang.")

    assert seen_by(session, presenter).own.text == "Møder op hver gang."
    assert [note.text for note in seen_by(session, colleague).others] == [
        "Møder op hver gang.", "Spørg smeden.",
    ]  # fmt: skip
    assert text_of(session) == "Møder op hver gang.\nSpørg smeden."
    entries = AuditEntry.objects.filter(action="session.notes")
    assert entries.count() == 3
    assert not any("smeden" in str(entry.details) for entry in entries)


def test_who_is_not_in_it_writes_nothing():
    session = running_session()
    colleague = people_of(session)[2]
    outsider = EmployeeFactory(unit=session.case.unit)
    session.participations.filter(employee=colleague).update(answer=Answer.NO)

    for person in (outsider, colleague):
        with pytest.raises(PermissionDenied):
            write_note(actor=person, session=session, text="x")
        assert client_of(person).post(url("session_notes", session.pk)).status_code == 404
        assert client_of(person).get(url("session_notes_earlier", session.pk)).status_code == 404


def test_who_has_handed_the_case_over_writes_no_more():
    session = running_session()
    colleague = people_of(session)[2]
    session.participations.filter(employee=colleague).update(role=ParticipantRole.FORMER)

    with pytest.raises(PermissionDenied):
        write_note(actor=colleague, session=session, text="x")


@pytest.mark.parametrize("state", [SessionState.PLANNED, SessionState.CLOSED])
def test_notes_are_taken_while_it_runs(state):
    session = SessionFactory(state=state)

    with pytest.raises(ValidationError):
        write_note(actor=session.case.owner, session=session, text="x")
    assert client_of(session.case.owner).post(url("session_notes", session.pk)).status_code == 404


@pytest.mark.parametrize("text", [CPR, "x" * 8001])
def test_what_is_refused(text):
    session = running_session()

    with pytest.raises(ValidationError) as error:
        write_note(actor=session.case.owner, session=session, text=text)

    assert list(error.value.message_dict) == ["text"]
    assert not SessionNote.objects.exists()


def test_two_devices_of_one_person_are_put_together():
    session = running_session()
    owner = session.case.owner
    write_note(actor=owner, session=session, text="Møder op.")

    write_note(actor=owner, session=session, text="Møder op.\nHar nøgle.", base="Møder op.")
    note = write_note(actor=owner, session=session, text="Altid: Møder op.", base="Møder op.")

    assert note.text == "Altid: Møder op.\nHar nøgle."


def test_what_was_changed_or_taken_out_comes_back_for_25_minutes():
    session = running_session()
    owner = session.case.owner
    write_note(actor=owner, session=session, text="Møder op.")
    write_note(actor=owner, session=session, text="Møder op. Hver gang.")
    assert not EarlierNote.objects.exists()  # it only grew: the old is still in it

    note = write_note(actor=owner, session=session, text="")
    earlier = EarlierNote.objects.get()
    assert earlier.text == "Møder op. Hver gang."
    note = write_note(actor=owner, session=session, text="Andet.")
    note = bring_back(actor=owner, session=session, earlier=earlier)

    assert note.text == "Møder op. Hver gang."
    assert "Andet." in [row.text for row in earlier_of(note, at=timezone.now())]
    with time_machine.travel(timezone.now() + timedelta(minutes=24), tick=False):
        assert forget_earlier() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=26), tick=False):
        assert earlier_of(note, at=timezone.now()) == []
        with pytest.raises(ValidationError):
            bring_back(actor=owner, session=session, earlier=earlier)
        assert forget_earlier() == 2
        assert forget_earlier() == 0


def test_nobody_brings_anothers_note_back():
    session = running_session()
    presenter, leader, _ = people_of(session)
    write_note(actor=presenter, session=session, text="Møder op.")
    write_note(actor=presenter, session=session, text="Andet.")
    row = EarlierNote.objects.get()

    with pytest.raises(PermissionDenied):
        bring_back(actor=leader, session=session, earlier=row)
    page = client_of(leader).get(url("session_notes_earlier", session.pk))
    refused = client_of(leader).post(url("session_notes_earlier", session.pk), {"earlier": row.pk})

    assert "Møder op." not in body(page)
    assert refused.status_code == 302
    assert SessionNote.objects.get().text == "Andet."


def test_the_page_of_earlier_notes_brings_one_back():
    session = running_session()
    client = client_of(session.case.owner)
    for text in ("Kolibrien", "Andet."):
        write_note(actor=session.case.owner, session=session, text=text)
    address = url("session_notes_earlier", session.pk)
    assert "Kolibrien" in body(client.get(address))

    answer = client.post(address, {"earlier": EarlierNote.objects.get().pk}, follow=True)

    assert ">Kolibrien</textarea>" in body(answer)


def test_the_script_is_answered_with_what_is_stored():
    session = running_session()
    client, address = client_of(session.case.owner), url("session_notes", session.pk)

    first = client.post(address, {"notes": "En.\r\nTo.", "base": ""}, headers=AUTOSAVE)
    other = client.post(
        address, {"notes": "En.\r\nTo.\r\nTre.", "base": "En.\r\nTo."}, headers=AUTOSAVE
    )
    again = client.post(
        address, {"notes": "Nul.\r\nEn.\r\nTo.", "base": "En.\r\nTo."}, headers=AUTOSAVE
    )

    assert first.json()["fields"] == {"base": "En.\nTo.", "version": 1}
    assert other.json()["text"] == "En.\nTo.\nTre."
    assert again.json()["fields"] == {"base": "Nul.\nEn.\nTo.", "version": 3}
    assert again.json()["text"] == "Nul.\nEn.\nTo.\nTre."


def test_what_cannot_be_kept_comes_back_with_the_reason():
    session = running_session()
    client, address = client_of(session.case.owner), url("session_notes", session.pk)

    answer = client.post(address, {"notes": CPR})
    automatic = client.post(address, {"notes": CPR}, headers=AUTOSAVE)
    saved = client.post(address, {"notes": "Møder op."})

    assert answer.status_code == automatic.status_code == 422
    assert CPR_REFUSED in body(answer)
    assert CPR in body(answer)
    assert CPR_REFUSED in automatic.json()["error"]
    assert saved["Location"] == url("session", session.pk)
    assert SessionNote.objects.get().text == "Møder op."


def test_news_of_a_note_draw_the_notes_alone():
    session = running_session()
    presenter, leader, _ = people_of(session)
    client = client_of(leader)
    asks = re.search(r'hx-get="([^"]+)"', body(client.get(url("session", session.pk))))[1]

    write_note(actor=presenter, session=session, text="Kanariefuglen")
    changed = body(client.get(asks))

    assert 'id="session-notes" hx-swap-oob="true"' in changed
    assert "Kanariefuglen" in changed
    assert 'id="session-live"' not in changed
    assert 'id="session-main"' not in changed


@pytest.mark.django_db(transaction=True)
def test_three_people_and_two_devices_at_once_lose_nothing():
    session = running_session()
    people = [*people_of(session), session.case.owner]
    barrier, failures = Barrier(len(people)), []

    def write(person, number):
        try:
            barrier.wait()
            base = ""
            for line in range(4):
                text = f"{base}{number}-{line}.\n"
                write_note(actor=person, session=session, text=text, base=base)
                base = text
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=write, args=pair) for pair in zip(people, range(4), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert SessionNote.objects.count() == 3
    everything = text_of(SparringSession.objects.get(pk=session.pk))
    for number in range(4):
        for line in range(4):
            assert f"{number}-{line}." in everything
