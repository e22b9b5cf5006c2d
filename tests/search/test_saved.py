"""Saved searches: keeping, telling what is new once, and only what may be read then."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from people.domain.notification_choices import choose
from people.domain.sending import send_digest
from privacy.models import AuditEntry
from search import outbox, tasks
from search.domain import saved
from search.models import SavedSearch
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.sent_notifications import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    employee = EmployeeFactory()
    client.force_login(employee)
    return employee


def publish(*names, **more):
    units = [UnitFactory(name=name, **more) for name in names]
    outbox.enqueue_many("team", [unit.pk for unit in units])
    tasks.deliver.func()
    return units


def keep(owner, query="mentor", rhythm="daily", **filters):
    search = saved.save_search(actor=owner, query=query, filters=filters)
    return saved.set_rhythm(actor=owner, search=search, rhythm=rhythm)


def yesterday(days=1):
    SavedSearch.objects.update(checked_on=timezone.localdate() - timedelta(days=days))


def digest(employee):
    return send_digest(employee.pk, at=timezone.now() + timedelta(days=1))


def test_what_is_new_is_told_once_without_its_name(teams, user):
    publish("Mentorteam et")
    keep(user)
    yesterday()
    publish("Mentorteam to", "Mentorteam tre")

    assert tasks.check_saved_searches.func(0) == 1
    assert tasks.check_saved_searches.func(0) == 0
    digest(user)

    (message,) = mail.outbox
    assert "2 nye svar på »mentor«" in message.body
    assert "/soeg/?q=mentor&sort=newest" in message.body
    assert "Mentorteam" not in message.body
    yesterday()
    assert tasks.check_saved_searches.func(0) == 0


def test_what_was_closed_before_the_mail_went_out_is_not_counted(teams, user):
    keep(user)
    yesterday()
    first, second = publish("Mentorteam et", "Mentorteam to")
    tasks.check_saved_searches.func(0)
    first.delete()
    assert digest(user) == 1
    assert "1 nyt svar på »mentor«" in mail.outbox[0].body

    yesterday()
    publish("Mentorteam tre")
    tasks.check_saved_searches.func(0)
    type(second).objects.filter(name="Mentorteam tre").delete()

    assert digest(user) == 0


def test_nobody_hears_of_what_they_may_not_read(teams, user):
    keep(user)
    yesterday()
    (secret,) = publish("Mentorteam hemmeligt", kind="secret")
    keep(EmployeeFactory(unit=secret))
    yesterday()

    tasks.check_saved_searches.func(0)

    assert not told("search.saved", employee=user).exists()


@pytest.mark.parametrize(
    ("rhythm", "days", "told"),
    [("daily", 1, 1), ("weekly", 6, 0), ("weekly", 7, 1), ("never", 30, 0)],
)
def test_each_rhythm_has_its_days(teams, user, rhythm, days, told):
    keep(user, rhythm=rhythm)
    yesterday(days)
    publish("Mentorteam")

    assert tasks.check_saved_searches.func(0) == told


def test_nobody_is_written_to_who_does_not_want_it(teams, user):
    keep(user)
    yesterday()
    choose(actor=user, employee=user, frequencies={"followed": "never"})
    publish("Mentorteam")

    tasks.check_saved_searches.func(0)

    assert not told("search.saved").exists()


def test_a_search_that_fails_keeps_no_other_from_its_turn(teams, user, caplog):
    broken, other = keep(user), keep(EmployeeFactory())
    SavedSearch.objects.filter(pk=broken.pk).update(filters={"ghost": ["x"]})
    yesterday()
    publish("Mentorteam")

    assert tasks.check_saved_searches.func(0) == 1
    assert f"saved search {broken.pk} " in caplog.text
    other.refresh_from_db()
    assert other.checked_on == timezone.localdate()


@pytest.mark.parametrize("query", ["", "mette hansen", "ring 20304050"])
def test_a_search_with_nothing_or_somebody_in_it_is_not_kept(teams, user, query):
    with pytest.raises(ValidationError):
        saved.save_search(actor=user, query=query, filters={})


def test_twenty_are_enough_and_the_same_is_one(teams, user):
    for number in range(20):
        keep(user, query=f"mentor {number}")
    assert keep(user, query="mentor 3").pk

    with pytest.raises(ValidationError, match="20 gemte søgninger"):
        keep(user, query="mentor 20")
    assert SavedSearch.objects.count() == 20


def test_only_the_owner_changes_it(teams, user, client):
    theirs = keep(EmployeeFactory())

    for verb in (
        lambda: saved.forget_search(actor=user, search=theirs),
        lambda: saved.set_rhythm(actor=user, search=theirs, rhythm="never"),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    assert client.post(f"/soeg/gemt/{theirs.pk}/", {"delete": "1"}).status_code == 404


def test_from_the_page_to_ones_own_page(teams, user, client):
    publish("Mentorteam")
    page = client.get("/soeg/", {"q": "mentor", "municipality": "Vejle"}).content.decode()
    assert "Gem søgningen" in page

    answer = client.post("/soeg/gem/", {"q": "mentor", "municipality": "Vejle"})
    assert answer["Location"] == "/soeg/?q=mentor&municipality=Vejle"
    search = SavedSearch.objects.get()
    account = client.get("/konto/").content.decode()
    assert "mentor · Vejle" in account

    client.post(f"/soeg/gemt/{search.pk}/", {"rhythm": "never"})
    search.refresh_from_db()
    assert search.rhythm == "never"
    client.post(f"/soeg/gemt/{search.pk}/", {"rhythm": "hver time"})
    search.refresh_from_db()
    assert search.rhythm == "never"
    client.post(f"/soeg/gemt/{search.pk}/", {"delete": "1"})
    assert not SavedSearch.objects.exists()
    actions = AuditEntry.objects.filter(action__startswith="saved_search.")
    assert [entry.action for entry in actions.order_by("pk")] == [
        "saved_search.save",
        "saved_search.rhythm",
        "saved_search.forget",
    ]


def test_errors_are_said_and_nothing_is_kept(teams, user, client):
    answer = client.post("/soeg/gem/", {"q": "borger 010203-1234"}, follow=True)

    assert "ligner et CPR-nummer" in answer.content.decode()
    assert not SavedSearch.objects.exists()


def test_the_slash_key_can_be_turned_off(teams, user, client):
    assert " data-slash" in client.get("/soeg/").content.decode()

    client.post("/soeg/tast/", {"slash": "off"})
    assert " data-slash" not in client.get("/soeg/").content.decode()
    client.post("/soeg/tast/", {"slash": "on"})
    assert " data-slash" in client.get("/soeg/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_database_queries_of_the_list_does_not_grow(
    teams, user, client, rows, django_assert_max_num_queries
):
    for number in range(rows):
        keep(user, query=f"mentor {number}")
    client.get("/konto/")

    with django_assert_max_num_queries(25) as counted:
        client.get("/konto/")
    searches = [q for q in counted.captured_queries if "search_savedsearch" in q["sql"]]
    assert len(searches) == 1
