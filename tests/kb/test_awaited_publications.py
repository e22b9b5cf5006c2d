"""»Giv mig besked«: a publication on its way speaks once, and only when it exists."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from kb.domain.follows import await_publication, follow_theme, stop_awaiting
from kb.models import PublicationStatus, PublicationWait
from people.domain.notification_choices import choose
from people.enums import Topic
from people.models import Notification
from tests.factories.kb import PublicationPageFactory, ThemePageFactory
from tests.factories.people import EmployeeFactory
from tests.sent_notifications import send_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def coming():
    return PublicationPageFactory(title="Podcast om tro", status=PublicationStatus.FORTHCOMING)


def told():
    return [notice.employee for notice in Notification.objects.filter(kind="kb.publication")]


def comes_out(publication):
    publication.refresh_from_db()
    publication.status = PublicationStatus.EXISTS
    publication.save_revision().publish()


def test_the_button_waits_and_stops(client, coming):
    employee = EmployeeFactory()
    client.force_login(employee)
    address = reverse("wait_for_publication", args=[coming.slug])

    before = client.get(coming.url).content.decode()
    waiting = client.post(address, {"wait": "yes"}, follow=True).content.decode()
    client.post(address, {"wait": "yes"})
    assert PublicationWait.objects.count() == 1
    after = client.post(address, {"wait": "no"}, follow=True).content.decode()

    assert "Giv mig besked" in before
    assert "Du får én besked, når den findes." in waiting
    assert "Giv mig ikke besked" in waiting
    assert "Vi skriver ikke om den." in after
    assert not PublicationWait.objects.exists()
    assert stop_awaiting(actor=employee, publication=coming) == coming


def test_waiting_needs_a_login(client, coming):
    address = reverse("wait_for_publication", args=[coming.slug])

    assert client.post(address, {"wait": "yes"}).status_code == 302
    assert not PublicationWait.objects.exists()


def test_what_is_out_is_not_waited_for(client):
    publication = PublicationPageFactory()
    client.force_login(EmployeeFactory())

    with pytest.raises(ValidationError):
        await_publication(actor=EmployeeFactory(), publication=publication)
    page = client.post(
        reverse("wait_for_publication", args=[publication.slug]), {"wait": "yes"}, follow=True
    ).content.decode()

    assert "Den er allerede udkommet." in page
    assert "Giv mig besked" not in page


def test_nobody_is_told_before_it_exists_and_each_is_told_once(coming, mailoutbox):
    theme = ThemePageFactory()
    coming.themes = [theme]
    coming.save()
    waiting, both, gone = (EmployeeFactory() for _number in range(3))
    for employee in (waiting, both, gone):
        await_publication(actor=employee, publication=coming)
        choose(actor=employee, employee=employee, frequencies={Topic.FOLLOWED: "now"})
    follow_theme(actor=both, theme=theme)
    stop_awaiting(actor=gone, publication=coming)

    coming.refresh_from_db()
    coming.save_revision().publish()
    assert told() == []

    comes_out(coming)
    comes_out(coming)

    assert sorted(person.pk for person in told()) == sorted([waiting.pk, both.pk])
    send_all("kb.publication")
    assert {message.subject for message in mailoutbox} == {"Nu er den her: Podcast om tro"}
    assert "Det, du ventede på, er udkommet:" in mailoutbox[0].body
    assert "temaet" not in mailoutbox[0].body
