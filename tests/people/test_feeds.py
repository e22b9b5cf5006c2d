"""One token for every secret feed: one of each kind, good for its kind alone, ended at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.domain.feeds import owner_of, renew_feed, revoke_feed
from people.enums import FeedKind
from people.feed_views import FETCHES
from people.models import FeedToken
from people.tokens import digest_of, new_token
from privacy.models import AuditEntry
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
ADDRESSES = {
    FeedKind.CALENDAR: "sparring:feed",
    FeedKind.STORIES: "stories:own_feed",
    FeedKind.EVENTS: "events:own_calendar",
}
BUTTONS = {
    FeedKind.CALENDAR: "people:feed",
    FeedKind.STORIES: "stories:feed_address",
    FeedKind.EVENTS: "events:own_feed",
}


def fetch(token, kind):
    return Client().get(reverse(ADDRESSES[kind], args=[token]))


def other_than(kind):
    return next(other for other in FeedKind if other != kind)


def entries():
    found = AuditEntry.objects.filter(action__startswith="feed.").order_by("pk")
    return [(entry.action, entry.details) for entry in found]


def test_every_kind_has_an_address_and_buttons():
    assert set(ADDRESSES) == set(BUTTONS) == set(FeedKind)


@pytest.mark.parametrize("kind", FeedKind)
def test_a_token_opens_the_feed_of_its_own_kind_alone(kind):
    employee = EmployeeFactory()
    token = renew_feed(actor=employee, kind=kind)

    assert owner_of(token, kind) == employee
    assert owner_of(token, other_than(kind)) is None
    answer = fetch(token, kind)
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]
    assert fetch(token, other_than(kind)).status_code == 404
    assert FeedToken.objects.get().read_on == timezone.localdate()


@pytest.mark.parametrize("kind", FeedKind)
def test_renewing_and_revoking_end_the_one_before_and_leave_the_other_kind(kind):
    employee = EmployeeFactory()
    kept = renew_feed(actor=employee, kind=other_than(kind))
    first = renew_feed(actor=employee, kind=kind)
    second = renew_feed(actor=employee, kind=kind)

    assert fetch(first, kind).status_code == 404
    assert fetch(second, kind).status_code == 200
    assert revoke_feed(actor=employee, kind=kind)
    assert not revoke_feed(actor=employee, kind=kind)
    assert fetch(second, kind).status_code == 404
    assert fetch(kept, other_than(kind)).status_code == 200
    assert entries() == [
        ("feed.renew", {"kind": other_than(kind)}),
        ("feed.renew", {"kind": kind}),
        ("feed.renew", {"kind": kind}),
        ("feed.revoke", {"kind": kind}),
    ]


@pytest.mark.parametrize("kind", FeedKind)
def test_the_buttons_show_the_address_once_and_close_it(client, kind):
    client.force_login(EmployeeFactory())
    button = reverse(BUTTONS[kind])

    html = client.post(button, {"action": "renew"}).content.decode()
    address = html.split('value="http://localhost:8000')[1].split('"')[0]
    closed = client.post(button, {"action": "revoke"}, follow=True)

    assert FeedToken.objects.count() == 0
    assert Client().get(address).status_code == 404
    assert "Adressen er lukket." in closed.content.decode()
    assert address not in closed.content.decode()


@pytest.mark.parametrize("kind", FeedKind)
def test_who_has_left_is_nobodys_owner(kind):
    employee = EmployeeFactory()
    token = renew_feed(actor=employee, kind=kind)

    employee.is_active = False
    employee.save()

    assert owner_of(token, kind) is None
    assert fetch(token, kind).status_code == 404


def test_a_row_is_of_a_known_kind_a_digest_and_one_for_each_person():
    employee = EmployeeFactory()
    made = {"employee": employee, "kind": FeedKind.STORIES, "created_at": timezone.now()}
    FeedToken.objects.create(**made, digest=digest_of(new_token()))

    wrong = {
        "feed_token_once": {},
        "feed_token_kind": {"kind": "letters"},
        "feed_token_is_a_digest": {"kind": FeedKind.CALENDAR, "digest": new_token()},
    }
    for constraint, change in wrong.items():
        row = {**made, "digest": digest_of(new_token()), **change}
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            FeedToken.objects.create(**row)


def test_nothing_of_a_token_is_kept():
    token = renew_feed(actor=EmployeeFactory(), kind=FeedKind.STORIES)

    row = FeedToken.objects.values().get()

    assert token not in str(row)
    assert str(row["digest"]) == digest_of(token)


def test_fetching_one_feed_too_often_does_not_close_the_other():
    employee = EmployeeFactory()
    tokens = {kind: renew_feed(actor=employee, kind=kind) for kind in FeedKind}

    with time_machine.travel(datetime(2027, 2, 1, 8, 0, tzinfo=UTC), tick=False):
        for _ in range(FETCHES.most):
            assert FETCHES.count(f"{FeedKind.STORIES} {employee.pk}") is None
        late = fetch(tokens[FeedKind.STORIES], FeedKind.STORIES)
        calendar = fetch(tokens[FeedKind.CALENDAR], FeedKind.CALENDAR)

    assert (late.status_code, calendar.status_code) == (429, 200)
    assert late["Retry-After"] == "3600"
    assert late.content.decode() == "Feedet er hentet for mange gange. Prøv igen kl. 10.00."


def test_the_day_of_the_last_fetch_is_noted_and_forgotten_with_a_new_token():
    employee = EmployeeFactory()
    token = renew_feed(actor=employee, kind=FeedKind.CALENDAR)
    fetched = timezone.now() + timedelta(days=3)

    with time_machine.travel(fetched):
        owner_of(token, FeedKind.CALENDAR)

    assert FeedToken.objects.get().read_on == timezone.localdate(fetched)
    renew_feed(actor=employee, kind=FeedKind.CALENDAR)
    assert FeedToken.objects.get().read_on is None
