"""What is kept of a query."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from search import querylog
from search.engines.base import SearchResult
from search.models import QueryLogEntry

NOTHING = SearchResult((), 0, {}, engine="postgres")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Praktik   i  BAGERI ", "praktik i bageri"),
        ("borger 010203-1234 praktik", "borger praktik"),
        ("010203 1234", ""),
        ("ring 20 30 40 50 nu", "ring nu"),
        ("sag 12.345.678", "sag"),
        ("under 30 år i 2024", "under 30 år i 2024"),
        ("Fj-0003 praktik covid-19", "praktik covid-19"),
        ("a" * 300, "a" * 200),
    ],
)
def test_digit_runs_are_dropped(typed, kept):
    assert querylog.without_numbers(typed) == kept


@pytest.mark.django_db
def test_a_query_is_kept_90_days_without_a_person():
    with time_machine.travel("2026-01-01 12:00+01:00"):
        querylog.log_query("Praktik", "content", NOTHING)
        querylog.log_query("010203-1234", "content", NOTHING)
        querylog.log_opened(querylog.signed_reference("praktik", "story:1", 1))

    entry = QueryLogEntry.objects.get()
    assert (entry.query, entry.hits, entry.day) == ("praktik", 0, date(2026, 1, 1))
    assert not [f.name for f in QueryLogEntry._meta.get_fields() if f.is_relation]
    with time_machine.travel("2026-04-01 12:00+02:00"):
        assert querylog.purge() == 0
    with time_machine.travel("2026-04-02 12:00+02:00"):
        assert querylog.purge() == 2


@pytest.mark.parametrize(
    "typed",
    ["mette hansen", "Mentor Jens Petersen", "borger på nørregade 12", "ring til 20304050"],
)
def test_a_query_with_somebody_in_it_is_not_remembered(typed):
    assert querylog.loggable(typed) == ""


@pytest.mark.parametrize("typed", ["mikropraktik", "kontanthjælp vejle", "angst og job"])
def test_an_ordinary_query_is(typed):
    assert querylog.loggable(typed) == typed


@pytest.mark.django_db
def test_a_reference_lasts_a_day():
    with time_machine.travel("2026-01-01 12:00+01:00"):
        made = querylog.signed_reference("praktik", "story:1", 3)
    with time_machine.travel("2026-01-02 13:00+01:00"):
        assert querylog.log_opened(made) is None
    with time_machine.travel("2026-01-01 13:00+01:00"):
        assert querylog.log_opened(made).position == 3
