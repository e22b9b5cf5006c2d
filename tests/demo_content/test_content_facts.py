"""Every fact of the content stands in its source (demo_content/facts.json, README "Facts").

Mechanical: a number, a name, or a word that claims something of research, in a text that is not
marked as invented, must stand in the quoted sentence of a fact that is listed for just that item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils.formats import date_format

from tests.demo_content.content import EVENTS, FIGURES, FILES, PUBLICATIONS, load

FACTS = load("facts.json")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
NAME = re.compile(r"[A-ZÆØÅ]{2,}|(?<=[a-zæøå,] )[A-ZÆØÅ][a-zæøå]+")
# Word beginnings that say that somebody has found something out.
CLAIM = re.compile(
    r"\b(?:juster|kilder|forskning|forskere|studi|undersøgelse|opgør|dokumenter|kommuner|effekt|"
    r"virkning)\w*",
    re.IGNORECASE,
)
# Says where a thing is kept, or who in the invented towns is asked; nothing about the world.
NO_FACT = {
    "slug", "key", "code", "email", "address", "rule", "direction", "base", "offer", "seen_in",
    "doi", "reading_state", "kind", "unit", "next_event", "contact",
    "attribution", "source", "verdict_name", "judged_by", "municipalities",
}  # fmt: skip


def items(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """(path, text) of every text; an object of a list goes by its number, slug or key."""
    if isinstance(value, dict):
        for key, below in value.items():
            if key not in NO_FACT:
                yield from items(below, f"{path}/{key}")
    elif isinstance(value, list):
        for place, below in enumerate(value):
            name: Any = place
            if isinstance(below, dict):
                order = ("slug",) if path.startswith("themes.json") else ("number", "slug", "key")
                name = next((below[key] for key in order if key in below), place)
            yield from items(below, f"{path}/{name}")
    elif isinstance(value, str):
        yield path, value


def under(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}/")


def carried(path: str) -> str:
    """Everything that the item may say: quotes, what follows from them, and our own rules."""
    facts = [fact for fact in FACTS["facts"] if any(under(path, place) for place in fact["in"])]
    words = [fact["quote"] for fact in facts]
    words += [word for fact in facts for word in fact.get("derived", {})]
    words += [FACTS["sources"][fact["source"]] for fact in facts]
    for own in FACTS["own"]:
        if any(under(path, place) for place in own["in"]):
            words += own["words"]
    return " | ".join(words)


def uncarried(path: str, text: str) -> list[str]:
    """The numbers, names and claims of a text that no fact of its item carries."""
    allowed = carried(path)
    numbers = {number.lstrip("0") for number in NUMBER.findall(allowed)}
    missing = [n for n in NUMBER.findall(text) if n.lstrip("0") not in numbers]
    missing += [name for name in NAME.findall(text) if name.rstrip("s") not in allowed]
    lower = allowed.lower()
    missing += [
        claim for claim in CLAIM.findall(text) if CLAIM_STEM.match(claim.lower())[0] not in lower
    ]
    return missing


CLAIM_STEM = re.compile(
    r"juster|kilder|forskning|forskere|studi|undersøgelse|opgør|dokumenter|kommuner|effekt|"
    r"virkning"
)


def is_invented(path: str) -> bool:
    return any(under(path, row["in"]) for row in FACTS["invented"])


# What the site says of itself, which speaks of no study.
OF_THE_SITE = {"facts.json", "accessibility.json", "english.json"}
REAL = [
    (path, text)
    for name in FILES
    if name not in OF_THE_SITE
    for path, text in items(load(name), name)
    if not is_invented(path)
]


@pytest.mark.parametrize(("path", "text"), REAL, ids=[path for path, _ in REAL])
def test_a_text_says_no_number_name_or_claim_that_its_sources_do_not_carry(
    path: str, text: str
) -> None:
    assert uncarried(path, text) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("figures.json/figures/basistal/note", "Opgjort 1. marts 2017."),
        ("figures.json/figures/optimistiske-sagsbehandlere/note", "efter justering for alder"),
        ("figures.json/figures/optimistiske-sagsbehandlere/note", "Andre kilder runder det."),
        ("figures.json/figures/optimistiske-sagsbehandlere/values/0/text", "33 %"),
        ("themes.json/themes/forventninger-og-handling/body/0/value", "Da en gruppe kommuner så"),
        ("themes.json/themes/forventninger-og-handling/body/0/value", "så det i Slagelse"),
    ],
)
def test_what_no_source_says_is_found(path: str, text: str) -> None:
    """The faults that were found by hand, and one of each kind."""
    assert uncarried(path, text)


def test_every_fact_is_whole_used_and_from_a_source_that_is_listed() -> None:
    paths = [path for path, _ in REAL]
    keys = [fact["key"] for fact in FACTS["facts"]]

    assert len(set(keys)) == len(keys)
    for fact in FACTS["facts"]:
        assert fact["source"] in FACTS["sources"]
        assert fact["quote"]
        assert fact["says"]
        assert (fact["paragraph"] > 0) is fact["source"].startswith("seed")
        assert all(fact.get("derived", {"": "."}).values())
        for place in fact["in"]:
            assert any(under(path, place) for path in paths), (fact["key"], place)


def test_what_is_made_up_says_so() -> None:
    for rows, name in ((EVENTS, "events"), (PUBLICATIONS, "publications")):
        for row in rows:
            path = f"{name}.json/{name}/{row.get('number', row['slug'])}"
            assert is_invented(path) is (row["origin"] == "demo"), path
    assert all(row["marked"] for row in FACTS["invented"])


def test_a_real_event_names_date_place_host_and_speaker_as_its_source_does() -> None:
    for event in EVENTS:
        if event["origin"] == "demo":
            continue
        path = f"events.json/events/{event['slug']}"
        allowed = carried(path)
        for part in filter(None, (event["place"], event["host"], event["speaker"])):
            for word in re.findall(r"\w{3,}", part):
                assert word in allowed, (path, word)
        day = date.fromisoformat(event["date"])
        assert f"{day.day}. " in allowed
        assert str(day.year) in allowed


def test_a_figure_is_dated_or_adjusted_only_where_a_source_says_so() -> None:
    for figure in FIGURES:
        path = f"figures.json/figures/{figure['key']}"
        if is_invented(path):
            continue
        assert figure["adjustment"] != "adjusted" or "juster" in carried(path)
        if figure["valid_on"] is not None:
            day = date.fromisoformat(figure["valid_on"])
            assert f"{day.day}. {date_format(day, 'F')} {day.year}" in carried(path)
