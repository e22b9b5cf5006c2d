"""Observations from municipalities: anonymous, dated, and read by somebody else before shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from articles.domain.observations import judge_observation, send_observation
from articles.models import Observation
from people.models import Notification
from people.roles import Role
from privacy.models import AuditEntry
from tests.factories.articles import ObservationFactory
from tests.factories.kb import ThemePageFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
TEXT = "Vi holdt møderne på gangen, og der kom flere aftaler ud af det."


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-11-25T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def staff():
    return EmployeeFactory(project_staff=True)


def shown(staff, **more):
    return judge_observation(actor=staff, observation=ObservationFactory(**more), show=True)


def test_an_employee_sends_one_and_project_staff_are_told(client, staff):
    theme, sender = ThemePageFactory(), EmployeeFactory()
    client.force_login(sender)

    answer = client.post(
        reverse("articles:send_observation", args=[theme.slug]),
        {"text": TEXT, "observed_on": "2026-11-20"},
    )

    assert answer.status_code == 302
    observation = Observation.objects.get()
    assert (observation.municipality, observation.sent_by) == (sender.municipality, sender)
    assert observation.shown is None
    told = Notification.objects.filter(kind="articles.observation")
    assert [notification.employee for notification in told] == [staff]
    page = client.get(theme.url).content.decode()
    assert TEXT not in page
    assert "1 observation fra dig venter på at blive læst." in page


@pytest.mark.parametrize(
    ("text", "day", "field"),
    [
        ("Jens Hansen fik arbejde.", "2026-11-20", "text"),
        ("Ring på 12 34 56 78.", "2026-11-20", "text"),
        ("Om 010180-1234.", "2026-11-20", "text"),
        (TEXT, "2026-11-26", "observed_on"),
        ("", "2026-11-20", "text"),
        ("a" * 601, "2026-11-20", "text"),
    ],
)
def test_what_shows_somebody_or_a_day_to_come_is_refused(client, text, day, field):
    theme = ThemePageFactory()
    client.force_login(EmployeeFactory())

    answer = client.post(
        reverse("articles:send_observation", args=[theme.slug]),
        {"text": text, "observed_on": day},
    )

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert not Observation.objects.exists()


def test_the_own_municipality_may_be_named():
    sender = EmployeeFactory()
    sender.unit.municipality.name = "Fjordby Kommune"
    sender.unit.municipality.save()

    send_observation(
        actor=sender,
        theme=ThemePageFactory(),
        text="I Fjordby Kommune holdt vi møderne på gangen.",
        observed_on=date(2026, 11, 20),
    )

    assert Observation.objects.count() == 1


def test_who_belongs_nowhere_sends_nothing():
    with pytest.raises(ValidationError, match="nogen kommune"):
        send_observation(
            actor=EmployeeFactory(unit=None),
            theme=ThemePageFactory(),
            text=TEXT,
            observed_on=date(2026, 11, 20),
        )


@pytest.mark.parametrize("count", [1, 3])
def test_shown_ones_stand_on_the_theme_with_municipality_and_day_and_no_name(client, staff, count):
    theme = ThemePageFactory(is_open=True)
    senders = [EmployeeFactory(first_name="Zenobia") for _number in range(count)]
    for sender in senders:
        shown(staff, theme=theme, sent_by=sender)
    ObservationFactory(theme=theme, text="Venter endnu.")
    hidden = ObservationFactory(theme=theme, text="Siger for meget.")
    judge_observation(actor=staff, observation=hidden, show=False)

    page = client.get(theme.url).content.decode()

    assert page.count("Vi så, at møder på gangen") == count
    assert "1. oktober 2026" in page
    assert all(sender.municipality.name in page for sender in senders)
    for absent in ("Zenobia", "Venter endnu.", "Siger for meget."):
        assert absent not in page


def test_a_visitor_meets_no_empty_section_and_an_employee_the_way_to_send(client):
    theme = ThemePageFactory(is_open=True)

    anonymous = client.get(theme.url).content.decode()
    client.force_login(EmployeeFactory())
    inside = client.get(theme.url).content.decode()

    assert "Observationer fra kommunerne" not in anonymous
    assert "Ingen kommune har fortalt noget endnu." in inside
    assert reverse("articles:send_observation", args=[theme.slug]) in inside


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.TEAM_LEADER, Role.AUDITOR])
def test_only_those_who_edit_pages_judge(client, role):
    stranger, observation = EmployeeFactory(roles=[role]), ObservationFactory()
    client.force_login(stranger)

    with pytest.raises(PermissionDenied):
        judge_observation(actor=stranger, observation=observation, show=True)
    assert client.get(reverse("articles:observations")).status_code == 403
    address = reverse("articles:judge_observation", args=[observation.pk])
    assert client.post(address, {"show": "yes"}).status_code == 403


def test_nobody_judges_their_own(staff):
    own = ObservationFactory(sent_by=staff)

    with pytest.raises(ValidationError, match="læses af en anden"):
        judge_observation(actor=staff, observation=own, show=True)
    with (
        pytest.raises(IntegrityError, match="observation_read_by_somebody_else"),
        transaction.atomic(),
    ):
        Observation.objects.filter(pk=own.pk).update(
            shown=True, judged_at=timezone.now(), judged_by=staff
        )


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"text": " "}, "observation_has_words"),
        ({"shown": True}, "observation_shown_once_read"),
        ({"judged_at": timezone.now() - timedelta(1)}, "observation_shown_once_read"),
    ],
)
def test_the_database_shows_nothing_unread(values, name):
    observation = ObservationFactory()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Observation.objects.filter(pk=observation.pk).update(**values)


def test_the_list_of_what_waits_shows_and_hides(client, staff):
    yes, no = ObservationFactory(text="God at dele."), ObservationFactory(text="Ikke denne.")
    client.force_login(staff)

    before = client.get(reverse("articles:observations")).content.decode()
    client.post(reverse("articles:judge_observation", args=[yes.pk]), {"show": "yes"})
    client.post(reverse("articles:judge_observation", args=[no.pk]), {"show": "no"})
    after = client.get(reverse("articles:observations")).content.decode()

    assert "God at dele." in before
    assert "Ikke denne." in before
    assert "Ingen observation venter" in after
    assert list(Observation.objects.shown()) == [yes]
    actions = AuditEntry.objects.filter(action__startswith="observation.")
    assert set(actions.values_list("action", flat=True)) == {
        "observation.show", "observation.hide",
    }  # fmt: skip


def test_one_that_was_shown_can_be_hidden_again(staff):
    observation = shown(staff)

    judge_observation(actor=staff, observation=observation, show=False)

    assert not Observation.objects.shown().exists()
