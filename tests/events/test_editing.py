"""What editors do to an event, and what those signed up hear of it."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.domain.calendar_entries import follow_publishing
from events.models import CalendarEntry, EventSeries, ProgrammePoint
from people.models import Notification
from people.roles import Role
from tests.factories.events import EventPageFactory, coming_event, signed_up
from tests.factories.kb import PersonFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


def kinds(sign_up):
    rows = Notification.objects.filter(employee=sign_up.employee).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def publish(event, **changes):
    for name, value in changes.items():
        setattr(event, name, value)
    event.save_revision(user=EmployeeFactory()).publish()
    event.refresh_from_db()


def login(*roles):
    client = Client()
    client.force_login(EmployeeFactory(roles=list(roles)))
    return client


@pytest.mark.parametrize(
    "change",
    [
        {"start_time": time(10)},
        {"duration_minutes": 60},
        {"place": "Biblioteket"},
        {"address": "Havnegade 4"},
        {"online_link": "https://moede.example/nyt"},
        {"date": timezone.localdate() + timedelta(days=90)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_new_time_or_place_is_told_once_to_those_signed_up(change):
    event = coming_event(capacity=1)
    seated, waiting = signed_up(event), signed_up(event)

    publish(event, **change)
    publish(event)

    assert kinds(seated) == ["events.confirmed", "events.changed"]
    assert kinds(waiting) == ["events.waiting", "events.changed"]
    assert CalendarEntry.objects.get().sequence == 1


def test_other_words_are_told_to_nobody():
    event = coming_event()
    row = signed_up(event)

    publish(event, description="Nye ord.", title="Ny titel")

    assert kinds(row) == ["events.confirmed"]


def test_a_cancelled_event_is_told_to_all_and_an_old_version_does_not_turn_the_sequence_back():
    event = coming_event(capacity=1)
    old = event.save_revision(user=EmployeeFactory())
    rows = [signed_up(event), signed_up(event)]

    publish(event, cancelled=True)

    assert all(kinds(row)[-1] == "events.cancelled" for row in rows)
    old.publish()
    assert CalendarEntry.objects.get().sequence == 2
    assert all(kinds(row)[-1] == "events.changed" for row in rows)


def test_an_event_without_hours_has_no_entry():
    event = EventPageFactory()

    assert follow_publishing(event=event, actor=None) is None
    assert not CalendarEntry.objects.exists()


def test_an_event_that_people_signed_up_for_is_cancelled_and_not_deleted():
    event = coming_event()
    signed_up(event)
    admin = login(Role.ADMINISTRATOR)

    for page in (event, event.get_parent()):
        admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    event.refresh_from_db()
    assert event.live


def test_the_database_wants_hours_places_and_a_video_in_words():
    event = coming_event()
    rows = type(event).objects.filter(pk=event.pk)

    for wrong in (
        {"start_time": None},
        {"duration_minutes": None},
        {"capacity": 0},
        {"video_link": "https://video.example/a"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_an_editor_is_told_in_a_sentence():
    event = coming_event()
    event.start_time = None

    with pytest.raises(ValidationError, match="Skriv klokkeslæt og varighed"):
        event.full_clean()


def test_the_form_of_an_event_can_be_opened_and_saved_by_an_editor():
    event = coming_event()

    page = login(Role.EDITOR).get(reverse("wagtailadmin_pages:edit", args=[event.pk]))

    assert page.status_code == 200
    assert "Vises kun for dem, der har en plads." in page.content.decode()


def test_speakers_are_people_each_named_once():
    event = coming_event(speaker="Redaktionen")
    person = PersonFactory(name="Ane Holm", title="forsker")
    for text in ("Oplæg", "Debat"):
        event.programme.add(ProgrammePoint(text=text, person=person, starts_at=time(9, 30)))
    event.save()

    page = login().get(event.url).content.decode()

    assert [speaker.name for speaker in event.speakers()] == ["Ane Holm"]
    assert "09.30 Oplæg · Ane Holm" in page
    assert "Redaktionen" not in page


def test_a_series_shows_what_the_visitor_may_open_and_each_event_the_others():
    series = EventSeries.objects.create(name="Sprog", slug="sprog", intro="Om ord.")
    shown = coming_event(title="Åbent møde", series=series, is_open=True)
    coming_event(title="Lukket møde", series=series)
    address = reverse("events:series", args=["sprog"])

    mine, theirs = (client.get(address).content.decode() for client in (login(), Client()))

    assert "Åbent møde" in theirs
    assert "Lukket møde" in mine
    assert "Lukket møde" not in theirs
    assert "Lukket møde" in login().get(shown.url).content.decode()
    assert "Lukket møde" not in Client().get(shown.url).content.decode()
    assert address in Client().get(shown.url).content.decode()
    assert Client().get(reverse("events:series", args=["findes-ikke"])).status_code == 404


def test_what_is_left_of_the_day_stands_on_the_page():
    event = EventPageFactory(
        came_of_it="Vi skriver basistallet ved siden af.",
        video_link="https://video.example/a",
        video_minutes=12,
        transcript="Vi læste højt.",
    )

    page = login().get(event.url).content.decode()

    for words in ("Vi skriver basistallet ved siden af.", "12 minutter", "Vi læste højt."):
        assert words in page
    assert page.count("video.example") == 1
    assert "<video" not in page


def test_editors_keep_series():
    editor = login(Role.EDITOR)
    address = reverse("wagtailsnippets_events_eventseries:add")

    editor.post(address, {"name": "Sprog", "slug": "sprog", "intro": "", "action-publish": "ja"})

    series = EventSeries.objects.get()
    assert (series.name, series.live) == ("Sprog", True)
    assert login(Role.CASEWORKER).get(address).status_code in (302, 403)
