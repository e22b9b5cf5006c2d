"""Changes reach the engines: in the change's own transaction, in order, none lost."""

from __future__ import annotations

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from search import outbox, tasks
from search.engines import select
from search.models import IndexedDocument, OutboxEvent
from tests.factories.people import UnitFactory
from tests.search.conftest import make

pytestmark = pytest.mark.django_db


def stored() -> dict[str, int]:
    return select.postgres().versions()


def titles() -> list[str]:
    rows = IndexedDocument.objects.filter(deleted=False).order_by("title")
    return list(rows.values_list("title", flat=True))


def test_an_event_and_its_job_are_part_of_the_transaction(teams):
    unit = UnitFactory()
    with transaction.atomic():
        outbox.enqueue("team", unit.pk)
        transaction.set_rollback(True)
    assert (OutboxEvent.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)

    outbox.enqueue("team", unit.pk)

    assert OutboxEvent.objects.count() == 1
    assert ProcrastinateJob.objects.get().task_name == "search.deliver"


def test_a_transaction_defers_one_job_that_a_savepoint_takes_back(teams):
    pks = [UnitFactory().pk for _ in range(3)]
    with transaction.atomic():
        outbox.enqueue("team", pks[0])
        transaction.set_rollback(True)
    for pk in pks:
        outbox.enqueue("team", pk)

    assert OutboxEvent.objects.count() == 3
    assert ProcrastinateJob.objects.count() == 1


def test_an_instance_is_enqueued_under_its_type(teams):
    unit = UnitFactory()

    outbox.enqueue_instance(unit)

    event = OutboxEvent.objects.get()
    assert (event.source, event.object_id) == ("team", str(unit.pk))


def test_delivery_stores_the_present_state(teams):
    unit = UnitFactory(name="Første navn")
    outbox.enqueue("team", unit.pk)
    unit.name = "Andet navn"
    unit.save()

    assert tasks.deliver.func() is True

    assert titles() == ["Andet navn"]
    assert OutboxEvent.objects.count() == 0


def test_withdrawn_and_deleted_objects_become_tombstones(teams):
    withdrawn, deleted = UnitFactory(), UnitFactory()
    outbox.enqueue_many("team", [withdrawn.pk, deleted.pk])
    tasks.deliver.func()
    assert len(stored()) == 2

    withdrawn.kind = "closed"
    withdrawn.save()
    outbox.enqueue_many("team", [withdrawn.pk, deleted.pk])
    deleted.delete()
    tasks.deliver.func()

    assert stored() == {}
    assert IndexedDocument.objects.filter(deleted=True, acl=[]).count() == 2


def test_a_late_delivery_does_not_bring_back_what_was_withdrawn(teams):
    """Shuffled: the job that read the old state writes after the one that withdrew."""
    unit = UnitFactory()
    early_version = outbox.next_version()
    early = teams.document(unit, early_version)
    unit.kind = "closed"
    unit.save()
    outbox.enqueue("team", unit.pk)
    tasks.deliver.func()

    select.postgres().index([early])

    assert stored() == {}


def test_delivering_twice_changes_nothing(teams):
    unit = UnitFactory()
    outbox.enqueue("team", unit.pk)
    tasks.deliver.func()
    before = stored()

    assert outbox.deliver_batch() == (0, 0)
    assert stored() == before


def test_one_object_that_cannot_be_built_does_not_hold_the_others_up(teams, caplog):
    good, broken = UnitFactory(name="God"), UnitFactory(kind="broken")
    outbox.enqueue_many("team", [broken.pk, good.pk])

    assert tasks.deliver.func() is False

    assert titles() == ["God"]
    event = OutboxEvent.objects.get()
    assert (event.object_id, event.attempts) == (str(broken.pk), 1)
    assert "could not be built" in caplog.text


def test_what_no_app_declares_any_more_is_removed(only_source):
    select.postgres().index([make("old:1", "Gammel", version=0)])
    outbox.enqueue("old", 1)

    tasks.deliver.func()

    assert stored() == {}


def test_while_elasticsearch_is_away_changes_wait_and_postgres_knows(teams, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    unit = UnitFactory(name="Ny")
    outbox.enqueue("team", unit.pk)

    assert tasks.deliver.func() is False

    assert titles() == ["Ny"]
    event = OutboxEvent.objects.get()
    assert (event.attempts, event.last_error) == (1, "Elasticsearch does not answer.")


def test_when_it_is_back_everything_is_delivered(teams, settings, elasticsearch_site):
    address = settings.ELASTICSEARCH_URL
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    units = [UnitFactory() for _ in range(3)]
    outbox.enqueue_many("team", [unit.pk for unit in units])
    assert tasks.deliver.func() is False
    units[0].delete()

    settings.ELASTICSEARCH_URL = address
    tasks.sweep.func(timestamp=0)
    elasticsearch_site.refresh()

    assert OutboxEvent.objects.count() == 0
    assert elasticsearch_site.versions() == stored()
    assert set(stored()) == {f"team:{unit.pk}" for unit in units[1:]}


def test_a_thousand_changes_are_delivered_once_each(teams):
    pks = [UnitFactory().pk for _ in range(12)]
    outbox.enqueue_many("team", pks * 84)
    assert OutboxEvent.objects.count() == 1008

    assert tasks.deliver.func() is True

    assert (OutboxEvent.objects.count(), len(stored())) == (0, 12)


def test_old_tombstones_are_forgotten():
    select.postgres().delete({"a": 1})
    assert outbox.purge_tombstones() == 0

    IndexedDocument.objects.update(written="2020-01-01T00:00:00Z")

    assert outbox.purge_tombstones() == 1
