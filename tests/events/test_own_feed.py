"""One's own places as a calendar: made, fetched without a login, made anew and closed."""

from __future__ import annotations

import re

import pytest
import vobject
from django.test import Client
from django.urls import reverse

from events.domain.sign_ups import cancel_sign_up, sign_up_employee
from people.models import FeedToken
from tests.factories.events import EventIndexPageFactory, coming_event, signed_up
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
PAGE = "/arrangementer/mit/"


@pytest.fixture
def employee():
    return EmployeeFactory()


def made(employee):
    client = Client()
    client.force_login(employee)
    page = client.post(PAGE, {"action": "renew"}).content.decode()
    return re.search(r'value="http://[^/]+(/arrangementer/mit/[^"]+\.ics)"', page)[1]


def entries(address):
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer["Cache-Control"]
    calendar = vobject.readOne(answer.content.decode())
    return {entry.summary.value: entry for entry in calendar.contents.get("vevent", [])}


def test_it_holds_ones_own_places_and_nobody_elses(employee):
    event = coming_event(title="Temadag", capacity=1)
    full = coming_event(title="Fuldt", capacity=1, days=12)
    coming_event(title="Uden mig", days=11)
    sign_up_employee(actor=employee, event=event)
    signed_up(full)
    sign_up_employee(actor=employee, event=full)

    found = entries(made(employee))

    assert list(found) == ["Temadag"]
    entry = found["Temadag"]
    assert entry.dtstart.value == event.starts_at
    assert entry.status.value == "CONFIRMED"
    assert "ATTENDEE" not in entry.serialize()


def test_it_has_the_uid_of_the_mail_and_the_online_link(employee, client):
    event = coming_event(online=True, online_link="https://moede.example/rum", place="")
    sign_up_employee(actor=employee, event=event)
    client.force_login(employee)
    single = client.get(reverse("events:event_calendar", args=[event.pk])).content.decode()

    (entry,) = entries(made(employee)).values()

    assert entry.uid.value == vobject.readOne(single).vevent.uid.value
    assert "https://moede.example/rum" in entry.description.value


def test_a_cancelled_place_goes_and_a_cancelled_event_says_so(employee):
    address = made(employee)
    first, second = coming_event(title="Et"), coming_event(title="To", days=12)
    mine = sign_up_employee(actor=employee, event=first)
    sign_up_employee(actor=employee, event=second)
    cancel_sign_up(actor=employee, sign_up=mine)
    second.cancelled = True
    second.save_revision().publish()

    found = entries(address)

    assert list(found) == ["To"]
    assert found["To"].status.value == "CANCELLED"


def test_a_new_address_closes_the_old_one_and_so_does_closing(employee):
    first = made(employee)
    second = made(employee)
    assert Client().get(first).status_code == 404
    assert entries(second) == {}

    client = Client()
    client.force_login(employee)
    client.post(PAGE, {"action": "revoke"})
    assert Client().get(second).status_code == 404
    assert not FeedToken.objects.exists()


def test_who_has_left_feeds_nobody(employee):
    address = made(employee)
    employee.is_active = False
    employee.save()

    assert Client().get(address).status_code == 404


def test_the_address_is_shown_once_and_the_list_leads_there(employee, client):
    index = EventIndexPageFactory(is_open=True)
    assert PAGE not in client.get(index.url).content.decode()
    client.force_login(employee)
    assert f'href="{PAGE}"' in client.get(index.url).content.decode()

    address = made(employee)
    page = client.get(PAGE).content.decode()
    assert address not in page
    assert "Du har haft en adresse siden" in page
    Client().get(address)
    assert "Den blev sidst hentet" in client.get(PAGE).content.decode()


def test_the_page_needs_a_login(client):
    assert client.get(PAGE).status_code == 302
