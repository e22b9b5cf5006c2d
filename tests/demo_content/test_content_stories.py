"""The stories: complete, coherent, anonymous."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from people.roles import Role
from sparring.enums import ActionKind, ContactForm
from tests.demo_content.content import CASES, METHODS, PEOPLE, STORIES, unique, word_count

STORY_TEXT = ("title", "teaser", "hard", "turning_point", "would_do_differently", "quote")
NOW_BANDS = {
    "ordinary_job", "paid_hours", "placement", "education", "volunteering", "clearer_plan",
    "not_yet",
}  # fmt: skip


def story_texts(story: dict[str, Any]) -> list[str]:
    steps = [text for step in story["steps"] for text in (step["title"], step["text"])]
    return [*(story[key] for key in STORY_TEXT), *steps, *story["try_tomorrow"], *story["tags"]]


def test_stories_are_twelve_with_every_outcome_and_state() -> None:
    outcomes = Counter(story["outcome"] for story in STORIES)

    assert [story["number"] for story in STORIES] == list(range(1, 13))
    assert unique([story["slug"] for story in STORIES])
    assert outcomes == {"succeeded": 7, "under_way": 4, "not_succeeded": 1}
    assert {story["demo_state"] for story in STORIES} == {
        "draft", "recognisability_check", "consent", "professional_reading", "published_internal",
        "published_open", "reread", "archived", "withdrawn",
    }  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["slug"])
def test_a_story_is_complete(story: dict[str, Any]) -> None:
    assert 80 <= word_count(story["hard"]) <= 140
    assert 80 <= word_count(story["turning_point"]) <= 140
    assert 40 <= word_count(story["would_do_differently"]) <= 80
    assert len(story["try_tomorrow"]) == 3
    assert len(story["steps"]) >= 3
    assert {step["timing"] for step in story["steps"]} <= {"before", "same_time", "after"}
    assert sum(story["triad"].values()) == 100
    assert set(story["triad"]) == {"citizens", "staff", "efforts"}
    assert story["quote"]
    assert story["tags"]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["slug"])
def test_a_story_uses_known_codes(story: dict[str, Any]) -> None:
    assert story["guidepost"] in {"borgerne", "medarbejderne", "indsatserne"}
    assert set(story["action_kinds"]) <= set(ActionKind.values)
    assert story["contact_form"] in ContactForm.values
    assert story["teller_role"] in Role.values
    assert story["target_group"] in {group["code"] for group in CASES["target_groups"]}
    assert story["method"] in {method["slug"] for method in METHODS["methods"]}
    assert story["municipality"] in {m["slug"] for m in PEOPLE["municipalities"]}
    assert story["age_band"] in {"up_to_29", "30-49", "50+"}
    assert story["now_band"] in NOW_BANDS
    assert story["duration_band"] in {
        "under_3_months", "3_to_6_months", "6_to_12_months", "over_12_months",
    }  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["slug"])
def test_the_beliefs_of_a_story_agree(story: dict[str, Any]) -> None:
    for who in ("caseworker", "citizen"):
        series = story["belief_series"][who]
        assert 2 <= len(series) <= 3
        assert all(0 <= value <= 10 for value in series)
        assert series[0] == story["belief_before"][who]
        assert series[-1] == story["belief_after"][who]


MONTHS = {
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober",
    "november", "december",
}  # fmt: skip
AGE_BANDS = r"[2-6]0'erne"
CONDITIONS = r"\b(?:aps|a/s|diagnose[nr]|depression|angst|adhd|ptsd)\b"
PLACES = {"fjordby", "hedelund", "strandager"}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["slug"])
def test_nobody_can_be_recognised_in_a_story(story: dict[str, Any]) -> None:
    for text in story_texts(story):
        inside = re.findall(r"(?<![.?!:»–])\s(?!I\b)([A-ZÆØÅ][\w.-]*)", text)
        words = set(re.findall(r"\w+", text.lower()))
        assert inside == [], text
        assert not words & (MONTHS | PLACES), text
        assert not re.search(r"\d", re.sub(AGE_BANDS, "", text)), text
        assert not re.search(CONDITIONS, text.lower()), text
