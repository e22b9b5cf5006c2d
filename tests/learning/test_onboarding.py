"""A unit's list for new colleagues: one's own, and the leader's figures."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from learning import first_sessions
from learning.domain.ethics import confirm_ethics
from learning.domain.passes import pass_module
from learning.enums import OnboardingKind
from learning.first_sessions import register_first_sessions
from learning.models import EthicsConfirmation, OnboardingItem
from learning.queries.onboarding import coverage_of, lines_of
from privacy.models import AuditEntry
from tests.factories.learning import (
    EthicsStatementFactory,
    Learners,
    ModuleFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-25T09:00:00+01:00", tick=False):
        yield


@pytest.fixture(autouse=True)
def listened(monkeypatch):
    """Who listened first, and when."""
    monkeypatch.setattr(first_sessions, "_finders", [])
    days = {}
    register_first_sessions(lambda pks: {pk: days[pk] for pk in pks if pk in days})
    return days


def line(town, kind, **more):
    return OnboardingItem.objects.create(unit=town.unit, kind=kind, **more)


def test_the_list_says_what_is_done_and_until_when(listened):
    town = Learners()
    town.learner.date_joined = datetime(2026, 10, 5, 8, tzinfo=UTC)
    town.learner.save()
    module, statement = ModuleFactory(), EthicsStatementFactory()
    programme = ProgrammeFactory(modules=[module])
    line(town, OnboardingKind.ETHICS, weeks=1, position=1)
    line(town, OnboardingKind.FIRST_SESSION, weeks=6, position=2)
    line(town, OnboardingKind.PROGRAMME, programme=programme, weeks=26, position=3)

    rows = lines_of(town.learner)
    assert [(row.due_on, row.done, row.late) for row in rows] == [
        (date(2026, 10, 12), False, True),
        (date(2026, 11, 16), False, True),
        (date(2027, 4, 5), False, False),
    ]

    confirm_ethics(actor=town.learner, statement=statement)
    listened[town.learner.pk] = TODAY
    pass_module(actor=town.coordinator, employee=town.learner, module=module, passed_on=TODAY)
    assert [row.done for row in lines_of(town.learner)] == [True, True, True]


def test_the_statement_is_confirmed_each_year_and_anew_for_a_new_version():
    town, statement = Learners(), EthicsStatementFactory()
    line(town, OnboardingKind.ETHICS)

    confirm_ethics(actor=town.learner, statement=statement)
    confirm_ethics(actor=town.learner, statement=statement)
    assert EthicsConfirmation.objects.count() == 1
    assert AuditEntry.objects.filter(action="ethics.confirm").count() == 1
    with time_machine.travel("2027-11-24T09:00:00+01:00", tick=False):
        assert lines_of(town.learner)[0].done
    with time_machine.travel("2027-11-25T09:00:00+01:00", tick=False):
        assert not lines_of(town.learner)[0].done

    newer = EthicsStatementFactory(version=statement.version + 1, valid_from=TODAY)
    EthicsStatementFactory(version=statement.version + 2, valid_from=date(2026, 11, 26))
    assert not lines_of(town.learner)[0].done
    with pytest.raises(ValidationError, match="ny udgave"):
        confirm_ethics(actor=town.learner, statement=statement)
    confirm_ethics(actor=town.learner, statement=newer)
    assert lines_of(town.learner)[0].done


@pytest.mark.parametrize(
    ("people", "confirmed", "shown"),
    [(2, 2, None), (3, 3, [None]), (9, 4, [None]), (9, 5, [5]), (9, 6, [6]), (9, 7, [None])],
)
def test_the_leaders_figures_begin_at_five_and_hide_what_tells_of_somebody(
    people, confirmed, shown
):
    town, statement = Learners(people), EthicsStatementFactory()
    line(town, OnboardingKind.ETHICS)
    for employee in town.people[:confirmed]:
        confirm_ethics(actor=employee, statement=statement)

    # Coordinator and leader belong to the unit too.
    rows = coverage_of(town.unit)

    assert (rows and [row.count for row in rows]) == shown
    if rows:
        assert rows[0].people == people + 2


def test_the_leaders_page_names_nobody(client):
    town, statement = Learners(9), EthicsStatementFactory()
    line(town, OnboardingKind.ETHICS)
    line(town, OnboardingKind.FIRST_SESSION)
    for employee in town.people[:6]:
        confirm_ethics(actor=employee, statement=statement)
    client.force_login(town.leader)

    page = client.get(reverse("learning:coverage")).text

    assert "6 af 11" in page
    assert "Vises ikke" in page
    main = page.split("<main")[1].split("</main>")[0]
    assert not [one for one in town.people if one.first_name in main]


def test_the_leaders_page_says_why_it_is_empty(client):
    small, large = Learners(2), Learners(9)

    client.force_login(small.leader)
    assert "Enheden er for lille til tal." in client.get(reverse("learning:coverage")).text
    client.force_login(large.leader)
    page = client.get(reverse("learning:coverage")).text
    assert "endnu ingen liste" in page
    client.force_login(large.learner)
    assert client.get(reverse("learning:coverage")).status_code == 403
    large.leader.unit = None
    large.leader.save()
    client.force_login(large.leader)
    assert client.get(reverse("learning:coverage")).status_code == 404


def test_confirming_on_the_page(client):
    town = Learners()
    client.force_login(town.learner)
    address = reverse("learning:ethics")
    assert client.get(address).status_code == 404

    EthicsStatementFactory()
    line(town, OnboardingKind.ETHICS)
    assert "<li>Vi møder et menneske.</li>" in client.get(address).text
    page = client.post(address, follow=True).text

    assert "Du bliver spurgt igen om et år." in page
    assert "Gjort" in page
    assert "Du bekræftede den 25. november 2026." in client.get(address).text


def test_the_database_takes_a_line_once_and_a_programme_only_where_it_belongs():
    town, programme = Learners(), ProgrammeFactory()
    line(town, OnboardingKind.ETHICS)

    for fields, constraint in (
        ({"kind": OnboardingKind.ETHICS}, "onboarding_line_once"),
        ({"kind": OnboardingKind.PROGRAMME}, "onboarding_programme_named"),
        (
            {"kind": OnboardingKind.FIRST_SESSION, "programme": programme},
            "onboarding_programme_named",
        ),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            line(town, **fields)
