"""Counting tries: exact under real concurrency, over restarts, and forgotten afterwards."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection

from privacy.limits import Limit, clock_of, forget_ended
from privacy.models import Tally

MORNING = datetime(2027, 2, 1, 7, 0, tzinfo=UTC)
THREE = Limit("test", most=3, period=timedelta(minutes=15))


@pytest.mark.django_db
def test_the_fourth_waits_until_the_period_of_the_first_ends():
    with time_machine.travel(MORNING, tick=False) as clock:
        firsts = [THREE.count("a") for _number in range(3)]
        clock.shift(timedelta(minutes=10))
        cache.clear()  # another process, or a restart

        assert firsts == [None, None, None]
        assert THREE.count("a") == MORNING + timedelta(minutes=15)
        assert THREE.count("b") is None
        assert Limit("other", 3, timedelta(minutes=15)).count("a") is None
        clock.shift(timedelta(minutes=5))
        assert [THREE.count("a") for _number in range(4)][2:] == [
            None,
            MORNING + timedelta(minutes=30),
        ]


@pytest.mark.django_db
def test_what_was_right_is_given_back_and_a_count_begins_anew():
    for _number in range(10):
        assert THREE.count("a") is None
        THREE.give_back("a")
    for _number in range(3):
        THREE.count("a")

    THREE.forget("a")

    assert THREE.count("a") is None


@pytest.mark.django_db(transaction=True)
def test_none_is_lost_when_many_count_at_once():
    def count(_number):
        try:
            return THREE.count("a")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(count, range(40)))

    assert Tally.objects.get().count == 40
    assert answers.count(None) == 3


@pytest.mark.django_db
def test_no_address_is_kept_and_ended_counts_are_forgotten():
    with time_machine.travel(MORNING, tick=False) as clock:
        THREE.count("192.0.2.1")
        clock.shift(timedelta(minutes=14))
        assert forget_ended() == 0
        assert "192.0.2" not in repr(list(Tally.objects.values()))

        clock.shift(timedelta(minutes=2))

        assert forget_ended() == 1


def test_the_clock_is_danish_and_never_too_early():
    assert clock_of(datetime(2027, 2, 1, 7, 14, 1, tzinfo=UTC)) == "8.15"
    assert clock_of(datetime(2027, 7, 1, 7, 15, 0, tzinfo=UTC)) == "9.15"
