"""Searching for a person: tokens, engine, fallback, second look."""

from __future__ import annotations

import socket

import pytest
from django.contrib.auth.models import AnonymousUser

from search import outbox, services, tasks
from search.engines import select
from search.engines.elasticsearch import SEARCH_SECONDS
from search.services import related_for, search_for, suggest_for
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.search.conftest import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_teams(teams):
    """A team everybody finds, and a secret one with one member."""
    known = UnitFactory(name="Mentorteam", kind="mentor")
    secret = UnitFactory(name="Mentorteam hemmeligt", kind="secret")
    outbox.enqueue_many("team", [known.pk, secret.pk])
    tasks.deliver.func()
    return known, secret


def found(user, query="mentorteam", **more):
    return [hit.id for hit in search_for(user, query, **more).hits]


def test_everybody_finds_what_their_tokens_open(two_teams):
    known, secret = two_teams
    member, outsider = EmployeeFactory(unit=secret), EmployeeFactory()

    assert set(found(member)) == {f"team:{known.pk}", f"team:{secret.pk}"}
    assert found(outsider) == [f"team:{known.pk}"]
    assert found(AnonymousUser()) == []
    assert [s.id for s in suggest_for(outsider, "ment")] == [f"team:{known.pk}"]
    assert related_for(outsider, f"team:{secret.pk}") == []
    assert suggest_for(outsider, "  ") == []


def test_moving_to_another_unit_works_at_the_next_request(two_teams):
    known, secret = two_teams
    member = EmployeeFactory(unit=secret)
    member.unit = known
    member.save()

    assert found(member) == [f"team:{known.pk}"]


def test_a_hit_that_the_database_does_not_confirm_is_dropped_and_logged(two_teams, caplog):
    known, _ = two_teams
    known.delete()

    result = search_for(EmployeeFactory(), "mentorteam")

    assert (list(result.hits), result.total) == ([], 0)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert f"team:{known.pk}" in caplog.text or "team:" in caplog.text


def test_a_type_that_nobody_declares_is_dropped(teams, caplog):
    select.postgres().index([make("ghost:1", "Mentor", type="ghost")])

    assert found(EmployeeFactory(), "mentor") == []
    assert "ghost:1" in caplog.text


def test_without_tokens_nothing_is_searched(two_teams, monkeypatch):
    def broken(user):
        raise RuntimeError("no rules")

    monkeypatch.setattr(services, "acl_tokens", broken)

    with pytest.raises(RuntimeError):
        search_for(EmployeeFactory(), "mentorteam")


def test_elasticsearch_answers_when_it_is_there(teams, elasticsearch_site):
    unit = UnitFactory(name="Mentorteam")
    outbox.enqueue("team", unit.pk)
    tasks.deliver.func()
    elasticsearch_site.refresh()

    result = search_for(EmployeeFactory(), "mentorteam")

    assert (result.engine, result.fallback) == ("elasticsearch", False)
    assert [hit.id for hit in result.hits] == [f"team:{unit.pk}"]


def test_postgres_answers_while_elasticsearch_is_away(two_teams, settings, caplog):
    known, _ = two_teams
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    user = EmployeeFactory()

    results = [search_for(user, "mentorteam") for _ in range(3)]

    assert {(result.engine, result.fallback) for result in results} == {("postgres", True)}
    assert [hit.id for hit in results[0].hits] == [f"team:{known.pk}"]
    assert caplog.text.count("PostgreSQL answers instead") == 1  # then it is left in peace


def test_an_index_that_is_gone_is_as_good_as_away(two_teams, elasticsearch_site):
    elasticsearch_site.names.drop("content")

    assert search_for(EmployeeFactory(), "mentorteam").fallback is True


def test_a_server_that_hangs_costs_less_than_a_second(two_teams, settings):
    user = EmployeeFactory()
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{silent.getsockname()[1]}"

        result = search_for(user, "mentorteam")

    assert (result.fallback, len(result.hits)) == (True, 1)
    assert SEARCH_SECONDS < 1
