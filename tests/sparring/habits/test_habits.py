"""The month's habit: each in turn by the calendar, put away by oneself for the month."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from sparring.habits.queries.habits import habit_of_month, habits
from sparring.models import HabitDismissal
from tests.factories.people import EmployeeFactory

PUT_AWAY = "/maanedens-vane/afvis/"


def test_the_five_come_in_turn_and_the_turn_goes_over_new_year():
    months = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 12, 24), date(2027, 1, 1),
              date(2027, 2, 28)]  # fmt: skip

    slugs = [habit_of_month(day).slug for day in months]

    assert sorted(slugs) == sorted(habit.slug for habit in habits())
    assert habit_of_month(date(2027, 3, 1)).slug == slugs[0]
    assert habit_of_month(date(2026, 11, 1)) == habit_of_month(date(2026, 11, 30))


def test_each_has_one_exercise_for_the_team():
    assert len(habits()) == 5
    assert len({habit.exercise for habit in habits()}) == 5
    assert all(habit.exercise.endswith((".", "?")) for habit in habits())


@pytest.mark.django_db
def test_it_stands_on_the_overview_until_it_is_put_away_and_the_next_one_comes(client):
    with time_machine.travel("2026-11-10 09:00+01:00", tick=False):
        reader, other = EmployeeFactory(), EmployeeFactory()
        client.force_login(reader)
        habit = habit_of_month(date(2026, 11, 10))
        assert habit.exercise in client.get("/").content.decode()
        for _ in range(2):
            assert client.post(PUT_AWAY)["Location"] == "/"
        assert habit.exercise not in client.get("/").content.decode()
        client.force_login(other)
        assert habit.exercise in client.get("/").content.decode()
    with time_machine.travel("2026-12-01 00:30+01:00", tick=False):
        client.force_login(reader)
        following = habit_of_month(date(2026, 12, 1))
        assert following != habit
        assert following.exercise in client.get("/").content.decode()
    assert HabitDismissal.objects.count() == 1


@pytest.mark.django_db
def test_who_is_in_no_team_has_no_card_and_nobody_puts_it_away_by_a_link(client):
    client.force_login(EmployeeFactory(unit=None, project_staff=True))
    page = client.get("/").content.decode()
    assert not any(habit.exercise in page for habit in habits())
    assert client.get(PUT_AWAY).status_code in (403, 405)


@pytest.mark.django_db
def test_the_database_counts_in_months():
    with pytest.raises(IntegrityError), transaction.atomic():
        HabitDismissal.objects.create(employee=EmployeeFactory(), month=date(2026, 11, 2))
