"""Belief states, snoozing, near-identical reasons, dates of moments."""

from datetime import UTC, date, datetime, timedelta

import pytest

from renewal import (
    SnoozeRefusal,
    Thresholds,
    belief_state,
    local_date,
    shown_to_leader,
    snooze_refusal,
)
from renewal.likeness import near_identical

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (0, "current"),
        (75, "current"),
        (76, "soon"),
        (90, "soon"),
        (91, "expired"),
        (180, "expired"),
        (181, "very_old"),
        (4000, "very_old"),
    ],
)
def test_belief_state(days, state):
    assert belief_state(TODAY - timedelta(days=days), TODAY) == state


def test_no_belief_has_a_state_of_its_own_and_the_limits_are_settable():
    assert belief_state(None, TODAY) == "none"
    assert belief_state(TODAY - timedelta(days=50), TODAY, Thresholds(soon_days=40)) == "soon"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 25, 22, 59, tzinfo=UTC), date(2026, 11, 25)),
        (datetime(2026, 11, 25, 23, 0, tzinfo=UTC), date(2026, 11, 26)),
        (datetime(2026, 6, 25, 21, 59, tzinfo=UTC), date(2026, 6, 25)),
        (datetime(2026, 6, 25, 22, 0, tzinfo=UTC), date(2026, 6, 26)),
    ],
)
def test_the_date_of_a_moment_is_the_danish_one(moment, expected):
    assert local_date(moment) == expected


def test_a_moment_without_a_zone_has_no_date():
    with pytest.raises(ValueError, match="time zone"):
        local_date(datetime(2026, 11, 25, 12))


def refusal(days=30, reason="Venter på svar.", snoozes=0):
    until = TODAY + timedelta(days=days)
    return snooze_refusal(today=TODAY, until=until, reason=reason, snoozes=snoozes)


def test_a_need_may_be_put_off_twice_for_at_most_60_days_with_a_reason():
    assert refusal() is None
    assert refusal(snoozes=1) is None
    assert refusal(days=60) is None
    assert refusal(days=61) is SnoozeRefusal.TOO_LONG
    assert refusal(days=0) is SnoozeRefusal.NOT_AHEAD
    assert refusal(reason=" \n") is SnoozeRefusal.NO_REASON
    assert refusal(snoozes=2) is SnoozeRefusal.TOO_OFTEN


def test_the_leader_sees_the_second_time():
    assert [shown_to_leader(times) for times in (0, 1, 2)] == [False, False, True]


def test_where_it_may_be_put_off_once_the_leader_sees_that_and_where_never_nothing():
    once, never = Thresholds(snooze_most_times=1), Thresholds(snooze_most_times=0)

    assert [shown_to_leader(times, once) for times in (0, 1)] == [False, True]
    assert [shown_to_leader(times, never) for times in (0, 1)] == [False, False]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ingen ændring siden sidst.", "ingen ændringer  siden sidst"),
        ("Har ryggen med sig, men mangler mod.", "Har ryggen med sig men mangler mod!"),
        ("Det samme.", "Det samme."),
        ("Mødte 3 af 5 gange.", "Mødte 3 af 5 gange"),
    ],
)
def test_near_identical_reasons(one, other):
    assert near_identical(one, other, 80)
    assert near_identical(other, one, 80)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Han har det svært lige nu.", "Han begyndte i caféen i mandags."),
        ("Vil gerne arbejde i butikken på torvet.", "Vil ikke gerne arbejde i butikken på torvet."),
        ("Mødte 3 af 5 gange i praktikken.", "Mødte 5 af 5 gange i praktikken."),
        ("Kom i gang i uge 3b og blev hele dagen.", "Kom i gang i uge 4b og blev hele dagen."),
        ("", ""),
        ("…", "…"),
        ("Noget", ""),
    ],
)
def test_reasons_that_tell_something_new(one, other):
    assert not near_identical(one, other, 80)
    assert not near_identical(other, one, 80)


def test_they_are_alike_from_the_share_of_their_triples_that_is_asked_for():
    """Of the five triples of "abc" and of "abd", spaces around them included, two are the same."""
    assert near_identical("abc", "abd", 40)
    assert not near_identical("abc", "abd", 41)


def test_a_share_just_below_is_not_rounded_up():
    """One letter of 199 touches three of 201 triples: 98.5 %."""
    one = "a" * 199
    other = f"{'a' * 99}b{'a' * 99}"

    assert near_identical(one, other, 98)
    assert not near_identical(one, other, 99)


@pytest.mark.parametrize("word", ["ikke", "aldrig", "ingen", "intet", "uden", "7"])
def test_a_word_that_turns_the_sentence_is_new_however_long_the_rest(word):
    rest = "Han kom til tiden hver eneste dag og blev på pladsen til den sidste bus gik hjem igen"

    assert near_identical(f"{rest} da.", f"{rest} nu.", 80)
    assert not near_identical(rest, f"{word} {rest}", 80)


@pytest.mark.parametrize(("one", "other"), [("", "Nå"), ("Nå", ""), ("…", "Nå")])
def test_an_empty_reason_is_like_no_other_however_little_is_asked(one, other):
    assert not near_identical(one, other, 0)
