"""The sweep that compares the index' access tokens with the database's permissions."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command

from people.models import Unit
from people.roles import Role
from search import outbox, registry, tasks
from search.access_audit import AccessDisagreement, find_disagreements
from tests.factories.people import EmployeeFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def honest(teams):
    """Secret teams are visible to their members only, by the index and by the database."""
    registry.unregister("team")
    registry.register(replace(teams, visible=_visible))


def _visible(user, pks):
    if not user.is_authenticated:
        return []
    secret = Unit.objects.filter(pk__in=pks, kind="secret", pk=user.unit_id)
    return Unit.objects.filter(pk__in=pks).exclude(kind="secret").union(secret).values_list(
        "pk", flat=True
    )  # fmt: skip


@pytest.fixture
def people(honest):
    open_team, secret = UnitFactory(), UnitFactory(kind="secret")
    member = EmployeeFactory(unit=secret, roles=[Role.CASEWORKER])
    outsider = EmployeeFactory(unit=open_team, roles=[Role.COORDINATOR])
    outbox.enqueue_many("team", [open_team.pk, secret.pk])
    tasks.deliver.func()
    return secret, member, outsider


def test_where_both_agree_nothing_is_said(people):
    assert find_disagreements() == []


def test_a_leak_and_a_lost_document_are_told_apart(people):
    secret, member, outsider = people
    secret.kind = "open"  # readable by the database now, not yet by the index
    Unit.objects.filter(pk=secret.pk).update(kind="open")
    assert find_disagreements() == [
        AccessDisagreement(f"team:{secret.pk}", outsider.pk, leak=False)
    ]

    outbox.enqueue("team", secret.pk)
    tasks.deliver.func()
    Unit.objects.filter(pk=secret.pk).update(kind="secret")  # and back, past the index
    assert find_disagreements() == [AccessDisagreement(f"team:{secret.pk}", outsider.pk, leak=True)]
    answer = StringIO()
    call_command("reconcile_search", "--access", "--json", stdout=answer)
    assert json.loads(answer.getvalue())["access"] == [
        {"document": f"team:{secret.pk}", "person": outsider.pk, "leak": True}
    ]
    assert member.pk != outsider.pk
