"""The pages of events as visitors meet them."""

from __future__ import annotations

from datetime import UTC, date, time, timedelta

import pytest
from django.utils import timezone

from tests.factories.events import EventPageFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    client.force_login(EmployeeFactory())
    return client


def test_an_event_shows_its_hour_in_danish(reader):
    event = EventPageFactory(
        date=date(2026, 11, 26), start_time=time(10, 0), duration_minutes=120, place="Fjordby"
    )

    page = reader.get(event.url).content.decode()

    assert "26. november 2026 kl. 10.00–12.00" in page


@pytest.mark.parametrize(
    ("day", "end"),
    [(date(2026, 3, 29), "04:30"), (date(2026, 10, 25), "02:30"), (date(2026, 11, 26), "03:30")],
    ids=["spring forward", "fall back", "any day"],
)
def test_two_hours_are_two_hours_when_the_clock_changes(day, end):
    event = EventPageFactory(date=day, start_time=time(1, 30), duration_minutes=120)

    assert f"{event.ends_at:%H:%M}" == end
    assert event.ends_at.astimezone(UTC) - event.starts_at.astimezone(UTC) == timedelta(hours=2)


def test_events_to_come_stand_before_those_held(reader):
    today = timezone.localdate()
    EventPageFactory(title="Det næste møde", date=today)
    EventPageFactory(title="Det forrige møde", date=today - timedelta(days=1))

    page = reader.get("/arrangementer/").content.decode()

    assert page.index("Kommer") < page.index("Det næste møde") < page.index("Afholdt")
    assert page.index("Afholdt") < page.index("Det forrige møde")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_with_one_and_three_events(
    reader, django_assert_max_num_queries, rows
):
    url = EventPageFactory.create_batch(rows)[0].get_parent().url
    reader.get(url)  # content types and the site are looked up once per process

    with django_assert_max_num_queries(13):  # three of them keep the session
        response = reader.get(url)

    assert response.status_code == 200
