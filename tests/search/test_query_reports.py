"""The report on searches without an answer: what is shown, what never is, and the way on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from people.roles import Role
from search import outbox, query_reports, tasks
from search.models import ClickLogEntry, QueryLogEntry, Synonym
from tests.factories.people import EmployeeFactory, UnitFactory

pytestmark = pytest.mark.django_db
REPORT = "/redaktion/soegninger-uden-svar/"


def asked(query, *days_ago, hits=0, index="content"):
    for ago in days_ago:
        entry = QueryLogEntry.objects.create(query=query, hits=hits, index=index, engine="postgres")
        day = timezone.localdate() - timedelta(days=ago)
        QueryLogEntry.objects.filter(pk=entry.pk).update(day=day)


def queries(rows):
    return [row["query"] for row in rows]


def test_what_was_asked_on_three_days_is_shown_the_most_asked_first():
    asked("vp", 1, 2, 3)
    asked("minipraktik", 1, 1, 2, 5)
    asked("på én dag", 1, 1, 1, 1)
    asked("i egne sager", 1, 2, 3, index="cases")

    assert queries(query_reports.unanswered()) == ["minipraktik", "vp"]
    first = query_reports.unanswered()[0]
    assert (first["asked"], first["days"]) == (4, 3)
    assert first["last"] == timezone.localdate() - timedelta(days=1)
    assert query_reports.held_back() == 1


def test_what_was_helped_since_is_left_out():
    asked("vp", 4, 5, 6)
    asked("vp", 1, hits=3)
    asked("mp", 1, 2, 3)
    asked("mp", 9, hits=3)

    assert queries(query_reports.unanswered()) == ["mp"]


def test_what_nobody_opens_is_shown_by_itself():
    asked("praktik", 1, 2, 3, hits=5)
    asked("mentor", 1, 2, 3, hits=5)
    ClickLogEntry.objects.create(query="mentor", document="story:1", position=1)

    assert queries(query_reports.unopened()) == ["praktik"]


def test_each_row_has_three_ways_to_help(client, editor):
    asked("vp & co", 1, 2, 3)

    page = client.get(REPORT).content.decode()

    for address in (
        "/redaktion/snippets/search/synonym/add/?words=vp+%26+co",
        "/redaktion/snippets/search/promotion/add/?trigger=vp+%26+co",
        "/historier/oensker/nyt/?emne=vp+%26+co",
    ):
        assert address in page
        assert client.get(address).status_code == 200
    assert REPORT in client.get("/redaktion/").content.decode()


def test_they_are_asked_again_before_and_after_an_editors_help(client, editor, teams):
    unit = UnitFactory(name="Mentorteam")
    outbox.enqueue_many("team", [unit.pk])
    tasks.deliver.func()
    asked("følgesvend", 1, 2, 3)

    def finds():
        return [row["now"] for row in client.get(f"{REPORT}?igen=1").context["object_list"]]

    assert finds() == [0]
    assert "Finder nu" in client.get(f"{REPORT}?igen=1").content.decode()
    assert "Finder nu" not in client.get(REPORT).content.decode()
    Synonym.objects.create(words="følgesvend, mentorteam")

    assert finds() == [1]
    assert QueryLogEntry.objects.count() == 3


def test_the_other_half_the_export_and_the_empty_report(client, editor):
    assert "har fundet noget" in client.get(REPORT).content.decode()
    asked("praktik", 1, 2, 3, hits=5)

    assert "praktik" in client.get(f"{REPORT}?hvad=uaabnet").content.decode()
    export = client.get(f"{REPORT}?hvad=uaabnet&export=csv")
    assert b"praktik" in b"".join(export.streaming_content)


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.APPROVER, Role.PROJECT_STAFF])
def test_only_those_who_can_help_see_it(client, role):
    client.force_login(EmployeeFactory(roles=[role]))

    assert client.get(REPORT).status_code in (302, 403)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_database_queries_does_not_grow(
    client, editor, rows, django_assert_num_queries
):
    for number in range(rows):
        asked(f"vp {number}", 1, 2, 3)
    client.get(REPORT)

    with django_assert_num_queries(14):
        client.get(REPORT)
