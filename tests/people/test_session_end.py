"""When a login ends, as open pages ask it: asking changes nothing, a press puts the end off."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.factories.people import EmployeeFactory
from tests.factories.sparring import CaseFactory

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 23, 7, tzinfo=UTC)
PAGE, ASK = "/konto/", "/konto/login-tid/"
HALF_AN_HOUR, TEN_HOURS = 30 * 60, 10 * 60 * 60


def after(**time):
    return time_machine.travel(MORNING + timedelta(**time), tick=False)


@pytest.fixture
def employee(client):
    employee = EmployeeFactory()
    with after(minutes=0):
        client.force_login(employee)
        client.get(PAGE)
    return employee


def test_a_page_says_when_its_login_ends(client, employee):
    with after(minutes=5):
        text = client.get(PAGE).content.decode()

    assert f'data-left="{HALF_AN_HOUR}"' in text
    assert f'data-most="{TEN_HOURS - 300}"' in text
    assert "Bliv logget ind" in text


def test_asking_tells_and_does_not_put_it_off(client, employee):
    for minutes in (10, 20):
        with after(minutes=minutes):
            answer = client.get(ASK)

        assert answer.json()["left"] == HALF_AN_HOUR - minutes * 60
        assert "no-store" in answer["Cache-Control"]
    with after(minutes=31):
        assert client.get(ASK).status_code == 302


def test_a_press_puts_it_off(client, employee):
    with after(minutes=26):
        assert client.post(ASK).json()["left"] == HALF_AN_HOUR
    with after(minutes=50):
        assert client.get(ASK).json()["left"] == 6 * 60


def test_nothing_puts_off_the_ten_hours(client, employee):
    for minutes in range(25, 600, 25):
        with after(minutes=minutes):
            client.get(PAGE)
    with after(minutes=597):
        assert client.post(ASK).json() == {"left": 180, "most": 180, "warned": 300}


def test_what_is_saved_by_itself_puts_it_off_for_somebody_writes(client):
    case = CaseFactory()
    address = reverse("sparring:belief_register", args=[case.code])
    with after(minutes=0):
        client.force_login(case.owner)
    with after(minutes=20):
        client.post(address, {"because": "Fordi"}, headers={"X-Autosave": "1"})
    with after(minutes=25):
        assert client.get(ASK).json()["left"] == HALF_AN_HOUR - 5 * 60


def test_a_visitor_has_no_login_to_end(client):
    assert b"data-session-end" not in client.get("/konto/login/").content
    assert client.get(ASK).status_code == 302


def test_the_mark_of_two_people_differs_and_names_nobody(client, employee):
    def mark():
        return re.search(r'data-owner="(\w+)"', client.get(PAGE).content.decode())[1]

    with after(minutes=1):
        mine = mark()
        client.force_login(EmployeeFactory())
        other = mark()

    assert mine != other
    assert len(mine) == len(other) == 20


def test_what_is_sent_after_the_end_leads_to_a_login_that_says_so_and_back(client):
    case = CaseFactory()
    address = reverse("sparring:belief_register", args=[case.code])

    login = client.post(address, {"because": "Fordi"})

    assert login.status_code == 302
    page = client.get(login["Location"])
    assert "Du blev logget ud, før det blev sendt." in page.content.decode()
    assert f"{address}?udlogget=1" in page.content.decode()
    assert "Du blev logget ud" not in client.get("/konto/login/").content.decode()
