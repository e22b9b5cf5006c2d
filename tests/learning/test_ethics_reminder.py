"""The ethics statement is asked for once a year: whom, when, and when no longer."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from learning.domain.ethics import ask_to_confirm, confirm_ethics
from learning.models import EthicsConfirmation
from people.models import Notification
from people.notification_kinds import kind_named
from tests.factories.learning import EthicsStatementFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
NOW = "2026-11-25T09:00:00+01:00"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def confirmed(employee, statement, day):
    EthicsConfirmation.objects.create(employee=employee, statement=statement, confirmed_on=day)
    return employee


def asked():
    return set(Notification.objects.values_list("employee", flat=True))


def lines():
    return [kind_named(told.kind).line(told) for told in Notification.objects.order_by("pk")]


def test_without_a_statement_nobody_is_asked():
    EmployeeFactory()

    assert ask_to_confirm() == 0


def test_who_has_confirmed_within_a_year_is_left_in_peace():
    statement = EthicsStatementFactory(version=1, valid_from=date(2024, 1, 1))
    confirmed(EmployeeFactory(), statement, date(2025, 11, 26))
    late = confirmed(EmployeeFactory(), statement, date(2025, 11, 25))
    never = EmployeeFactory()
    EmployeeFactory(is_active=False)

    assert ask_to_confirm() == 2
    assert asked() == {late.pk, never.pk}
    assert ask_to_confirm() == 0


def test_a_new_version_asks_everybody_again_and_the_old_question_is_overtaken():
    first = EthicsStatementFactory(version=1, valid_from=date(2024, 1, 1))
    reader = EmployeeFactory()
    ask_to_confirm()
    confirm_ethics(actor=reader, statement=first)
    assert lines() == [None]

    EthicsStatementFactory(version=2, valid_from=date(2026, 11, 25))
    assert ask_to_confirm() == 1
    old, new = lines()
    assert old is None
    assert new.path == "/laering/etik/"
    assert new.text == "Læs den etiske erklæring, og stå inde for den"


def test_next_year_the_question_comes_again():
    statement = EthicsStatementFactory(version=1, valid_from=date(2024, 1, 1))
    reader = EmployeeFactory()
    assert ask_to_confirm() == 1
    confirm_ethics(actor=reader, statement=statement)

    with time_machine.travel("2027-11-24T09:00:00+01:00", tick=False):
        assert ask_to_confirm() == 0
    with time_machine.travel("2027-11-25T09:00:00+01:00", tick=False):
        assert ask_to_confirm() == 1
        assert ask_to_confirm() == 0
