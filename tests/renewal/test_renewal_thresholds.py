import json
import re
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal import DEFAULTS, RULES, ThresholdError, Thresholds

# The page with the rules' numbers, which are the municipality's to set, each within its limits.
PAGE = (Path(__file__).parents[2] / "docs" / "renewal-rules.md").read_text(encoding="utf-8")
OF_RULES = re.findall(r"^\| `(\w+)` \| .* \| (\d+) \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
OTHERS = [
    ("soon_days", 75, 0, 3650), ("very_old_days", 180, 0, 3650), ("highest_score", 100, 1, 100),
    ("urgent_score", 50, 1, 100), ("high_score", 30, 1, 100), ("ordinary_score", 10, 1, 100),
    ("rest_days", 30, 0, 3650), ("snooze_most_days", 60, 1, 365), ("snooze_most_times", 2, 0, 2),
]  # fmt: skip
NUMBERS = [*((name, *map(int, numbers)) for name, *numbers in OF_RULES), *OTHERS]
MARKS = re.findall(r"^\| \[(R\d+) .*\) \| .* \| (.*) \| (.*) \| .* \|$", PAGE, re.MULTILINE)
NAMES = [name.name for name in fields(Thresholds) if name.name != "enabled"]


def test_defaults_go_to_json_and_back():
    assert Thresholds.from_json(DEFAULTS.to_json()) == DEFAULTS
    assert Thresholds.from_dict(json.loads(json.dumps(DEFAULTS.to_dict()))) == DEFAULTS


def test_a_municipality_stores_only_what_differs():
    own = Thresholds(r1_days=120, enabled=("R1", "R12"))

    assert DEFAULTS.changed() == {}
    assert own.changed() == {"r1_days": 120, "enabled": ["R1", "R12"]}
    assert Thresholds.from_dict(own.changed()) == own


def test_the_fingerprint_names_the_numbers():
    assert Thresholds().fingerprint == DEFAULTS.fingerprint
    assert Thresholds(r5_points=13).fingerprint != DEFAULTS.fingerprint
    assert re.fullmatch(r"[0-9a-f]{16}", DEFAULTS.fingerprint)


def test_the_rules_come_in_order_whatever_order_they_were_stored_in():
    assert Thresholds.from_dict({"enabled": ["R12", "R1", "R1"]}).enabled == ("R1", "R12")


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        ({"r1_dayz": 90}, {"r1_dayz": "unknown"}),
        ({"r1_days": "90"}, {"r1_days": "type"}),
        ({"r1_days": True}, {"r1_days": "type"}),
        ({"r1_days": 90.0}, {"r1_days": "type"}),
        ({"r1_days": None}, {"r1_days": "type"}),
        ({"r1_days": -1}, {"r1_days": "range"}),
        ({"r4_value": 11, "r1_step_days": 0}, {"r4_value": "range", "r1_step_days": "range"}),
        ({"soon_days": 100}, {"r1_days": "order"}),
        ({"high_score": 60}, {"urgent_score": "order"}),
        ({"enabled": ["R999"]}, {"enabled": "unknown"}),
        ({"enabled": "R1"}, {"enabled": "type"}),
        ({"enabled": [["R1"]]}, {"enabled": "unknown"}),
    ],
)
def test_settings_that_cannot_be_used_are_named(data, problems):
    with pytest.raises(ThresholdError) as caught:
        Thresholds.from_dict(data)

    assert caught.value.problems == problems


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "12"])
def test_what_is_no_json_object_is_refused(text):
    with pytest.raises(ThresholdError):
        Thresholds.from_json(text)


@given(st.dictionaries(st.sampled_from(NAMES), st.integers(-5, 400), max_size=6))
def test_settings_either_round_trip_or_say_what_is_wrong(data):
    problems = {}
    try:
        own = Thresholds.from_dict(data)
    except ThresholdError as error:
        problems, own = error.problems, DEFAULTS

    assert set(problems.values()) <= {"range", "order"}
    assert Thresholds.from_json(own.to_json()) == own
    assert Thresholds.from_dict(own.changed()) == own


def refused(**numbers):
    """What is wrong with the numbers, leaving out that they contradict others."""
    try:
        Thresholds(**numbers)
    except ThresholdError as error:
        return {name for name, code in error.problems.items() if code != "order"}
    return set()


@pytest.mark.parametrize(("name", "usual", "low", "high"), NUMBERS)
def test_each_number_is_settable_within_its_limits_and_no_further(name, usual, low, high):
    assert getattr(DEFAULTS, name) == usual
    for inside in (low, high):
        assert refused(**{name: inside}) == set()
    for outside in (low - 1, high + 1):
        assert refused(**{name: outside}) == {name}


def test_no_number_is_left_out_here():
    assert {name for name, *_ in NUMBERS} == set(NAMES)


@pytest.mark.parametrize(("code", "themes", "marks"), MARKS)
def test_each_rule_is_marked_and_draws_cards_as_the_page_says(code, themes, marks):
    rule = RULES[code]
    usual, _, other = themes.partition("; caseworker higher: ")
    said = {
        "by a belief": rule.answered_by_belief,
        "urgent": rule.urgent is not None,
        "despite a session": rule.counts_despite_session,
        "off by default": code not in DEFAULTS.enabled,
    }

    assert ", ".join(map(str, rule.themes)) == ("" if usual == "none" else usual)
    assert ", ".join(map(str, rule.themes_if_caseworker_higher)) == other
    assert {name for name, holds in said.items() if holds} == set(filter(None, marks.split(", ")))


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("soon_days", "r1_days"),
        ("r1_days", "very_old_days"),
        ("r8_value", "r9_value"),
        ("ordinary_score", "high_score"),
        ("high_score", "urgent_score"),
        ("r1_points", "r1_most_points"),
    ],
)
def test_a_number_may_reach_the_one_it_has_to_stay_below_but_not_pass_it(lower, higher):
    at = getattr(DEFAULTS, higher)

    assert getattr(Thresholds(**{lower: at}), lower) == at
    with pytest.raises(ThresholdError) as caught:
        Thresholds(**{lower: at + 1})
    assert caught.value.problems == {higher: "order"}


def test_what_is_urgent_is_reached_by_the_points_at_most():
    assert Thresholds(urgent_score=80, highest_score=80).urgent_score == 80
    with pytest.raises(ThresholdError) as caught:
        Thresholds(urgent_score=80, highest_score=79)
    assert caught.value.problems == {"highest_score": "order"}
