"""The content files and the themes: complete, linked, honest (demo_content/README.md)."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from demo_content.themes import drawn_by
from renewal import RULES
from tests.demo_content.content import (
    CONTENT,
    EVENTS,
    FILES,
    METHODS,
    NUMBERS,
    OFFERS,
    PAGES,
    PATHS,
    PEOPLE,
    PERSONS,
    PHRASES,
    PUBLICATIONS,
    STORIES,
    THEMES,
    check_blocks,
    strings,
    unique,
    word_count,
)

# --- every file ---


def test_the_files_are_the_ones_the_readme_lists() -> None:
    readme = (CONTENT / "README.md").read_text(encoding="utf-8")

    listed = set(re.findall(r"^\| `(?:[\w/]+/)?(\w+\.json)`", readme, re.MULTILINE))

    assert sorted(listed) == FILES
    assert len(FILES) == 24


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_one_pretty_object(name: str) -> None:
    text = PATHS[name].read_text(encoding="utf-8")

    value = json.loads(text)

    assert isinstance(value, dict)
    assert text == json.dumps(value, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("name", FILES)
def test_no_text_holds_a_personal_number_phone_or_foreign_address(name: str) -> None:
    for text in strings(json.loads(PATHS[name].read_text(encoding="utf-8"))):
        if text.startswith("https://"):
            continue
        assert not re.search(r"\b\d{6}[\s./_-]?\d{4}\b", text), text
        assert not re.search(r"(?:\+45|\b\d{2}([ .]?)\d{2}\1\d{2}\1\d{2}\b)", text), text
        addresses = re.findall(r"[\w.+-]+@[\w.-]+\w", text)
        assert {address.split("@")[1] for address in addresses} <= {"example.org"}, text


@pytest.mark.parametrize("name", FILES)
def test_no_text_adds_the_relative_difference_to_a_chance(name: str) -> None:
    for text in strings(json.loads(PATHS[name].read_text(encoding="utf-8"))):
        assert not re.search(r"\b33 ?(?:%|pct|procent)|\+ ?3[23]", text), text


@pytest.mark.parametrize("name", FILES)
def test_no_text_is_html_or_badly_spaced(name: str) -> None:
    for text in strings(json.loads(PATHS[name].read_text(encoding="utf-8"))):
        assert text == " ".join(text.split())
        assert not re.search(r"</?[a-z]+>|&[a-z]+;| [,.:;?!](?!\.)", text), text
        assert text.count("»") == text.count("«"), text


# --- themes ---


def test_there_are_nine_themes_with_their_own_titles() -> None:
    assert [theme["number"] for theme in THEMES] == list(range(1, 10))
    for key in ("slug", "nav_title", "headline", "intro"):
        assert unique([theme[key] for theme in THEMES])


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme["slug"])
def test_a_theme_is_complete(theme: dict[str, Any]) -> None:
    blocks = theme["body"]

    check_blocks(blocks)
    assert 250 <= word_count([block["value"] for block in blocks]) <= 450
    assert sum(block["type"] == "heading" for block in blocks) == 2
    assert 2 <= len(re.findall(r"[.?!](?:\s|$)", theme["intro"])) <= 4
    assert len(theme["dilemmas"]) == 3
    assert all(len(dilemma["positions"]) == 2 for dilemma in theme["dilemmas"])
    assert all(dilemma["question"].endswith("?") for dilemma in theme["dilemmas"])
    assert theme["contact"] in {person["key"] for person in PERSONS}
    assert set(theme["municipalities"]) <= {m["slug"] for m in PEOPLE["municipalities"]}


def test_each_theme_has_four_cards_and_no_card_comes_twice() -> None:
    cards = [card for theme in THEMES for card in theme["question_cards"]]

    assert [len(theme["question_cards"]) for theme in THEMES] == [4] * 9
    assert unique(cards)
    assert all("?" in card and len(card) <= 300 for card in cards)


def test_no_paragraph_stands_in_two_themes() -> None:
    blocks = [block["value"] for theme in THEMES for block in theme["body"]]

    assert unique(strings(blocks))


def test_each_theme_page_names_the_rules_that_point_at_its_theme() -> None:
    rows = {
        (number, row.rule, row.direction, row.primary)
        for number in NUMBERS
        for row in drawn_by(number)
    }

    assert {row for row in rows if row[1] in {"R7", "R3", "R1"}} == {
        (1, "R7", "any", True),
        (2, "R7", "any", False),
        (3, "R3", "citizen_higher", True),
        (5, "R3", "citizen_higher", False),
        (6, "R3", "caseworker_higher", True),
    }
    assert {row[1] for row in rows} == {code for code, rule in RULES.items() if rule.themes}


def test_every_theme_a_rule_points_at_exists_and_every_theme_is_pointed_at() -> None:
    pointed_at = {theme for rule in RULES.values() for theme in rule.themes}

    assert pointed_at == set(NUMBERS) == {theme["number"] for theme in THEMES}


@pytest.mark.parametrize(
    "items", [PUBLICATIONS, EVENTS, METHODS["methods"], OFFERS, PHRASES, STORIES],
    ids=["publications", "events", "methods", "offers", "phrases", "stories"],
)  # fmt: skip
def test_theme_links_lead_to_a_theme(items: list[dict[str, Any]]) -> None:
    for item in items:
        assert item["themes"]
        assert set(item["themes"]) <= NUMBERS


# --- pages ---


def test_pages_are_there_with_real_text() -> None:
    pages = {page["slug"]: page for page in PAGES["pages"]}

    assert set(pages) == {"om-sparringsrummet", "privatliv", "saadan-virker-det"}
    for page in pages.values():
        check_blocks(page["body"])
        assert word_count([block["value"] for block in page["body"]]) >= 130


def test_the_front_page_names_the_base_figure_before_the_difference() -> None:
    home = PAGES["home"]
    figures = next(part for part in home["public"]["sections"] if part["key"] == "figures")

    assert figures["figures"] == ["basistal", "tro-og-udfald"]
    assert figures["text"].index("6 ud af 100") < figures["text"].index("27 ud af 100")
    assert "begge læsninger" in figures["text"]
    assert home["empty_publications"] == "Der er endnu ingen publikationer i dette tema."
    assert "6 ud af 100" in home["story_box"]
