import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal import DEFAULTS, ThresholdError, Thresholds

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
