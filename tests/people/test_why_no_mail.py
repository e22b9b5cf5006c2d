"""Why did somebody get no mail: seen by who manages their account, without what it was about."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from kb.domain.permissions import assign_groups, sync_groups
from people.domain import sending
from people.domain.notification_choices import choose
from people.domain.notifications import notify
from people.models import Notification
from people.roles import Right, Role
from privacy.models import AuditEntry
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.factories.stories import make_published, make_theme

pytestmark = pytest.mark.django_db


def logged_in(client, **fields):
    sync_groups()
    person = EmployeeFactory(**fields)
    assign_groups(employee=person)
    client.force_login(person)
    return person


@pytest.fixture
def told():
    """A colleague with one mail sent, one that waits, and one that was held back."""
    person = EmployeeFactory(username="mai", email="mai@example.org")
    story = make_published(themes=[make_theme()], title="Hemmelig titel")
    sent = notify(employee=person, kind="people.reset_link", object_id="", key="sent")
    sending.send_one(sent.pk)
    notify(employee=person, kind="story_library.followed", object_id=story.pk, key="waits")
    choose(actor=person, employee=person, frequencies={"reminders": "never"})
    notify(employee=person, kind="sparring.session_ahead", object_id=story.pk, key="held")
    return person


def look(client, login):
    return client.get(reverse("why_no_mail"), {"q": login})


def test_the_administrator_sees_what_became_of_each_and_nothing_of_what_it_was(client, told):
    admin = logged_in(client, administrator=True, unit=told.unit)

    page = look(client, told.username).content.decode()

    for said in (
        "Linket til en ny adgangskode", "Sendt",
        "En ny historie om noget, personen følger", "Venter",
        "Påmindelse om en sparring", "Holdt tilbage", "Personen har valgt ikke at høre om det",
    ):  # fmt: skip
        assert said in page
    assert "Hemmelig titel" not in page
    entry = AuditEntry.objects.get(action="notifications.read")
    assert (entry.actor_id, entry.object_id) == (admin.pk, str(told.pk))


def test_a_colleague_of_another_municipality_is_not_found(client, told):
    logged_in(client, administrator=True, unit=UnitFactory())

    page = look(client, "mai@example.org").content.decode()

    assert "Der er ingen sådan konto i din kommune." in page
    assert "Linket til en ny adgangskode" not in page
    assert not AuditEntry.objects.filter(action="notifications.read").exists()


@pytest.mark.parametrize(
    "role", [role for role in Role if Right.MANAGE_ACCOUNTS not in role.rights]
)
def test_no_other_role_sees_it(client, told, role):
    logged_in(client, roles=[role], unit=told.unit)

    assert "Linket til en ny adgangskode" not in look(client, "mai").content.decode()
    assert look(client, "mai").status_code in (302, 403, 404)


def test_the_menu_leads_there_for_who_may(client):
    logged_in(client, administrator=True)
    assert reverse("why_no_mail") in client.get("/redaktion/").content.decode()

    logged_in(client, editor=True)
    assert reverse("why_no_mail") not in client.get("/redaktion/").content.decode()


def test_the_command_says_the_same(told):
    Notification.objects.filter(key="waits").update(state="forgotten", object_id="", reason="",
        next_try_at=None, settled_at=told.date_joined)  # fmt: skip
    out = StringIO()

    call_command("why_no_mail", "mai", stdout=out)

    first, *lines = out.getvalue().splitlines()
    assert first == "mai: open, with a mail address, wants mail"
    assert len(lines) == 2  # what is forgotten is not among them
    assert "Holdt tilbage" in lines[0]
    assert lines[0].endswith("Personen har valgt ikke at høre om det")
    assert "Sendt" in lines[1]
    with pytest.raises(CommandError):
        call_command("why_no_mail", "nobody")
