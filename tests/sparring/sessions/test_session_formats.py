from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sparring.models import session_formats

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@pytest.mark.parametrize("length", session_formats.LENGTHS)
def test_the_minutes_of_a_form_add_up_to_its_length(length):
    steps = session_formats.steps_of(length)

    assert sum(step.minutes[length] for step in steps) == length


def test_the_short_form_has_four_steps():
    assert [step.number for step in session_formats.steps_of(10)] == [2, 4, 6, 8]


def test_without_an_earlier_agreement_the_first_step_is_skipped():
    steps = session_formats.steps_of(25, has_last_time=False)

    assert [step.number for step in steps] == [2, 3, 4, 5, 6, 7, 8]
    assert session_formats.neighbours(steps, 2) == (None, session_formats.step_of(3))
    assert session_formats.neighbours(steps, 8) == (session_formats.step_of(7), None)


def test_another_length_is_refused():
    with pytest.raises(ValueError, match="15"):
        session_formats.steps_of(15)


@pytest.mark.parametrize("changes_at", [datetime(2026, 3, 29, 1), datetime(2026, 10, 25, 1)])
def test_the_clock_runs_on_through_a_clock_change(changes_at):
    started = (changes_at.replace(tzinfo=UTC) - timedelta(minutes=1)).astimezone(COPENHAGEN)

    deadline = session_formats.deadline_of(session_formats.BIDS, 25, started.astimezone(UTC))

    assert deadline - started.astimezone(UTC) == timedelta(minutes=3)
