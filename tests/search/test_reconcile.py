"""Drift between the database and the engines is found, named and repaired."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from search import outbox, tasks
from search.engines import select
from search.reconcile import reconcile
from tests.factories.people import UnitFactory
from tests.search.conftest import make

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["postgres", "elasticsearch"])
def site(request, teams):
    """The engine that drifts, on a site that has it; three documents in it."""
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch_site")
    units = [UnitFactory() for _ in range(3)]
    outbox.enqueue_many("team", [unit.pk for unit in units])
    tasks.deliver.func()
    own = select.elasticsearch() or select.postgres()
    return own, units


def key(unit):
    return f"team:{unit.pk}"


def test_engines_in_step_are_left_alone(site):
    report = reconcile(repair=True)

    assert (report.documents, report.found, report.repaired, report.away) == (3, set(), 0, [])


def test_every_kind_of_drift_is_found_and_repaired(site):
    engine, (lost, changed, moved) = site
    version = outbox.next_version()
    engine.delete({key(lost): version})
    type(changed).objects.filter(pk=changed.pk).update(name="Andet navn")  # past the outbox
    type(moved).objects.filter(pk=moved.pk).update(kind="secret")  # another reader
    engine.index([make("team:999999", "Forældreløs", version=version)])

    found = reconcile(repair=False)

    assert found.drift[engine.name]["content"] == {
        "missing": [key(lost)],
        "stale": sorted([key(changed), key(moved)]),
        "orphaned": ["team:999999"],
    }
    assert found.repaired == 0
    assert reconcile(repair=True).repaired == 4
    engine.refresh()
    assert reconcile(repair=False).found == set()
    assert set(engine.versions()) == {key(lost), key(changed), key(moved)}


def test_what_waits_in_the_outbox_is_no_drift(site):
    _, (unit, *_) = site
    unit.name = "På vej"
    unit.save()
    outbox.enqueue("team", unit.pk)

    assert reconcile(repair=False).found == set()


def test_an_engine_that_is_away_is_named(site, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"

    report = reconcile(repair=True)

    assert report.away == ["elasticsearch"]
    assert report.drift.keys() == {"postgres"}


def test_the_night_repairs_by_itself(site):
    engine, (lost, *_) = site
    engine.delete({key(lost): outbox.next_version()})

    assert tasks.nightly_reconcile.func(timestamp=0) == 1
    assert tasks.nightly_reconcile.func(timestamp=0) == 0


def test_the_command_tells(site):
    engine, (lost, *_) = site
    engine.delete({key(lost): outbox.next_version()})
    told = StringIO()
    call_command("reconcile_search", stdout=told)
    assert f"{engine.name}, content, missing: {key(lost)}" in told.getvalue()

    answer = StringIO()
    call_command("reconcile_search", "--repair", "--json", stdout=answer)

    assert json.loads(answer.getvalue())["repaired"] == 1
