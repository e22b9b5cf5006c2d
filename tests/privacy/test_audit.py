"""Entries gathered for one big transaction: in their order, all or none."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from privacy import audit
from privacy.models import AuditEntry


@pytest.mark.django_db
def test_gathered_entries_are_written_together_at_the_end_in_their_order(django_assert_num_queries):
    with django_assert_num_queries(1), audit.gathered():
        for number in range(3):
            audit.record(actor=None, action="demo.step", number=number, reason="x" * 300)

    entries = AuditEntry.objects.order_by("pk")
    assert [entry.details for entry in entries] == [{"number": number} for number in range(3)]
    assert {len(entry.reason) for entry in entries} == {200}
    assert all(entry.at for entry in entries)
    audit.record(actor=None, action="demo.after")
    assert AuditEntry.objects.filter(action="demo.after").exists()


@pytest.mark.django_db
def test_after_a_mistake_in_the_block_none_of_its_entries_stays():
    def stop_on_the_way():
        with transaction.atomic(), audit.gathered():
            audit.record(actor=None, action="demo.step")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        stop_on_the_way()

    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_entries_are_never_gathered_outside_a_transaction():
    with pytest.raises(TransactionManagementError), audit.gathered():
        audit.record(actor=None, action="demo.step")
