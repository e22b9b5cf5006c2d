"""Guessing is slowed, for all processes; who knows the password is not (SEC-15)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from people.login_limits import ACCOUNT, CLIENT, KNOWN, PAIR
from people.tasks import mail_reset_link
from privacy.models import AuditEntry
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
LOGIN = "/konto/login/"
RIGHT = "en lang nok adgangskode"
MORNING = datetime(2027, 2, 1, 7, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def account(**fields):
    employee = EmployeeFactory(**fields)
    employee.set_password(RIGHT)
    employee.save()
    return employee


def try_it(client, login, password="forkert", **extra):
    return client.post(LOGIN, {"login": login, "password": password}, **extra)


def is_in(answer):
    return answer.status_code == 302


def wrong(login, number, *, client=None, addresses=("192.0.2.1",)):
    """So many wrong tries from these addresses in turn; the last answer."""
    client = client or Client()
    for count in range(number):
        answer = try_it(client, login, REMOTE_ADDR=addresses[count % len(addresses)])
    return answer


def test_a_municipality_behind_one_address_logs_in_at_eight():
    people = [account() for _number in range(100)]

    answers = [try_it(Client(), person.username, RIGHT) for person in people]

    assert [answer.status_code for answer in answers] == [302] * 100


def test_the_page_says_what_happened_and_when_and_keeps_the_name(clock):
    person = account()
    for _number in range(PAIR.most):
        assert "passer ikke" in try_it(Client(), person.username).content.decode()
    cache.clear()  # as in another process, or after a restart
    clock.shift(timedelta(minutes=4))

    refused = try_it(Client(), person.username, RIGHT)

    html = refused.content.decode()
    assert refused.status_code == 200
    assert "Det var mange forkerte forsøg. Prøv igen kl. 8.15" in html
    assert f'value="{person.username}"' in html
    clock.shift(timedelta(minutes=11))
    assert is_in(try_it(Client(), person.username, RIGHT))


def test_name_and_mail_in_any_case_are_one_account():
    person = account()
    for login in (person.username, person.email, person.username.upper(), person.email.upper()):
        wrong(login, 1)
    wrong(person.username, 1)

    assert not is_in(try_it(Client(), person.email, RIGHT, REMOTE_ADDR="192.0.2.1"))


def test_a_name_nobody_has_is_put_off_as_an_account_is():
    person = account()

    known, unknown = wrong(person.username, 6), wrong("findes.ikke", 6)

    def sentence(answer):
        return re.findall(r"<li>(Det var mange[^<]*)", answer.content.decode())

    assert sentence(known) == sentence(unknown) != []


def test_somebody_elses_wrong_tries_hold_up_nobody_at_the_same_address():
    attacked, other = account(), account()
    wrong(attacked.username, PAIR.most + 60)  # what is put off counts nowhere else

    assert is_in(try_it(Client(), other.username, RIGHT, REMOTE_ADDR="192.0.2.1"))


def test_guessing_from_many_addresses_is_slowed_and_the_owner_still_gets_in():
    person, browser = account(), Client()
    assert is_in(try_it(browser, person.username, RIGHT))
    browser.post("/konto/logout/")
    addresses = [f"192.0.2.{number}" for number in range(1, 21)]

    wrong(person.username, ACCOUNT.most, addresses=addresses)

    fresh = try_it(Client(), person.username, RIGHT, REMOTE_ADDR="198.51.100.1")
    assert "Det var mange forkerte forsøg" in fresh.content.decode()
    assert is_in(try_it(browser, person.email, RIGHT, REMOTE_ADDR="192.0.2.1"))


def test_a_known_browser_guesses_no_more_than_others():
    person, browser = account(), Client()
    try_it(browser, person.username, RIGHT)
    browser.post("/konto/logout/")

    wrong(person.username, KNOWN.most, client=browser)

    assert not is_in(try_it(browser, person.username, RIGHT))
    assert is_in(try_it(Client(), person.username, RIGHT))


def test_a_mark_that_is_not_ours_opens_nothing():
    person, browser = account(), Client()
    browser.cookies["browser"] = f"[{person.pk}]"

    wrong(person.username, PAIR.most, client=browser)

    assert not is_in(try_it(browser, person.username, RIGHT, REMOTE_ADDR="192.0.2.1"))


def test_one_client_that_tries_many_accounts_is_put_off_but_not_who_was_there_before():
    person, browser = account(), Client()
    try_it(browser, person.username, RIGHT)
    browser.post("/konto/logout/")
    for number in range(CLIENT.most):
        wrong(f"navn{number}", 1)

    assert not is_in(try_it(Client(), account().username, RIGHT, REMOTE_ADDR="192.0.2.1"))
    assert is_in(try_it(browser, person.username, RIGHT, REMOTE_ADDR="192.0.2.1"))


def test_the_proxys_address_is_not_the_clients(settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    people = [account() for _number in range(2)]
    for number in range(CLIENT.most):
        try_it(Client(), f"navn{number}", HTTP_X_FORWARDED_FOR="192.0.2.1")

    answers = [
        try_it(Client(), people[at].username, RIGHT, HTTP_X_FORWARDED_FOR=address)
        for at, address in enumerate(("192.0.2.1", "192.0.2.2"))
    ]

    assert [is_in(answer) for answer in answers] == [False, True]


def test_a_new_password_by_mail_lets_the_owner_in_at_once(mailoutbox):
    person, client = account(), Client()
    wrong(person.username, ACCOUNT.most, addresses=[f"192.0.2.{n}" for n in range(1, 21)])
    mail_reset_link(employee_id=person.pk)
    [link] = re.findall(r"http://localhost:8000(/konto/\S+)", mailoutbox[0].body)
    form = client.get(link)["Location"]
    new = {"password1": "en helt anden sætning", "password2": "en helt anden sætning"}
    assert client.post(form, new)["Location"] == "/konto/password/reset/key/done/"

    assert is_in(try_it(client, person.username, new["password1"]))


def test_an_unlocked_screen_guesses_no_password():
    person, client = account(), Client()
    client.force_login(person)
    address = reverse("account_change_password")
    new = {"password1": "en helt anden sætning", "password2": "en helt anden sætning"}
    for _number in range(PAIR.most):
        client.post(address, {"oldpassword": "forkert", **new})

    refused = client.post(address, {"oldpassword": RIGHT, **new})

    assert "Det var mange forkerte forsøg" in refused.content.decode()
    person.refresh_from_db()
    assert person.check_password(RIGHT)


def test_the_audit_names_the_account_and_never_what_was_typed():
    person = account()
    wrong(person.email, PAIR.most + 1)
    wrong("min-adgangskode-i-feltet", 1)

    entries = AuditEntry.objects.filter(action__startswith="login.").order_by("pk")
    rows = list(entries.values_list("action", "object_type", "object_id", "municipality_id"))
    about = ("people.employee", str(person.pk), person.municipality_id)
    assert rows == [
        *[("login.failed", *about)] * PAIR.most,
        ("login.put_off", *about),
        ("login.failed", "", "", None),
    ]
    assert "min-adgangskode" not in repr(list(entries.values()))


def put_off():
    return AuditEntry.objects.filter(action="login.put_off").count()


def test_the_audit_cannot_be_filled_by_trying_on(clock):
    """Its rows are never removed: one for each count that is full, however often it is tried."""
    person = account()
    wrong(person.username, PAIR.most + 40)
    assert put_off() == 1

    addresses = [f"192.0.2.{number}" for number in range(2, 22)]
    wrong(person.username, 120, addresses=addresses)
    assert put_off() == 2  # the account's own count

    for number in range(CLIENT.most + 20):  # as many names as one likes
        wrong(f"navn{number}", 1, addresses=["198.51.100.7"])
    assert put_off() == 3

    clock.shift(ACCOUNT.period)
    wrong(person.username, PAIR.most + 5)
    assert put_off() == 4
