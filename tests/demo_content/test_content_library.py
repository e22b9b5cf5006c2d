"""Publications, events, methods, offers, phrases, figures and evidence of the content."""

from __future__ import annotations

import re
from datetime import date

from sparring.enums import COMPANY_KINDS, ActionKind
from tests.demo_content.content import (
    EVENTS,
    EVIDENCE,
    FIGURES,
    GUIDEPOSTS,
    METHODS,
    NUMBERS,
    OFFERS,
    PHRASES,
    PUBLICATIONS,
    THEMES,
    WRITTEN,
    load,
    unique,
)

# --- publications, events, methods, offers, phrases, guideposts ---


def test_publications_are_fifteen_real_ones_and_our_own() -> None:
    real = [item for item in PUBLICATIONS if item["origin"] == "real"]

    assert [item["number"] for item in PUBLICATIONS] == list(range(1, len(PUBLICATIONS) + 1))
    assert len(real) == 15
    assert unique([item["slug"] for item in PUBLICATIONS])
    assert {item["status"] for item in PUBLICATIONS} == {"exists", "forthcoming"}
    assert {item["kind"] for item in PUBLICATIONS} == {
        "analysis", "inspiration", "tool", "podcast", "video", "report", "plan",
    }  # fmt: skip


def test_theme_five_has_no_publication_and_every_other_has() -> None:
    assert {number for item in PUBLICATIONS for number in item["themes"]} == NUMBERS - {5}


def test_a_publication_says_how_far_it_was_read() -> None:
    for item in PUBLICATIONS:
        unread = item["reading_state"] == "not_read"
        assert item["abstract"].startswith("Ikke læst af redaktionen endnu.") is unread
        assert 2 <= len(re.findall(r"[.?!](?:\s|$)", item["abstract"])) <= 6
        assert item["address"] == "" or item["address"].startswith("https://")


def test_events_are_ten_and_past_ones_keep_their_points() -> None:
    slugs = {event["slug"] for event in EVENTS}

    assert len(EVENTS) == len(slugs) == 10
    for event in EVENTS:
        past = event["date"] is not None or event["days_offset"] < 0
        assert (event["date"] is None) is (event["origin"] == "demo")
        assert (event["days_offset"] is None) is (event["origin"] == "real")
        assert bool(event["summary_points"]) is past
        assert event["programme"]
        assert event["online"] or event["place"] or event["origin"] == "real"
        assert event["next_event"] is None or event["next_event"] in slugs - {event["slug"]}
        assert event["origin"] == "real" or event["capacity"] > 0


def test_methods_are_ten_and_the_programme_says_it_is_invented() -> None:
    methods = METHODS["methods"]

    assert len(methods) == 10
    assert unique([method["slug"] for method in methods])
    assert all(len(method["steps"]) >= 4 for method in methods)
    assert all(method[key] for method in methods for key in ("purpose", "when", "when_not"))
    assert METHODS["programme"]["fictitious"] is True
    assert len(METHODS["programme"]["roots"]) == 5
    assert len(METHODS["programme"]["levels"][0]["modules"]) == 3


def test_offers_agree_with_the_action_kinds() -> None:
    by_slug = {offer["slug"]: offer for offer in OFFERS}

    assert len(by_slug) == len(OFFERS) == 25
    assert all(offer["action_kind"] in ActionKind.values for offer in OFFERS)
    for offer in OFFERS:
        if offer["action_kind"] in COMPANY_KINDS:
            assert offer["is_company"]
        assert offer["purpose"]
        assert offer["granted_by"]
        assert offer["usual_wait_days"] >= 0


def test_a_closed_offer_names_an_open_alternative() -> None:
    by_slug = {offer["slug"]: offer for offer in OFFERS}
    closed = [offer for offer in OFFERS if offer["state"] == "closed"]

    assert len(closed) == 2
    for offer in OFFERS:
        assert (offer["alternative"] is None) is (offer["state"] == "open")
        assert (offer["closed_days_ago"] is None) is (offer["state"] == "open")
    assert all(by_slug[offer["alternative"]]["state"] == "open" for offer in closed)


def test_phrases_are_sixteen_with_an_alternative_each() -> None:
    assert len(PHRASES) == 16
    assert unique([phrase["phrase"] for phrase in PHRASES])
    assert all(phrase["closes"] and phrase["alternative"] for phrase in PHRASES)


def test_guideposts_are_three() -> None:
    assert [item["slug"] for item in GUIDEPOSTS] == ["borgerne", "medarbejderne", "indsatserne"]
    assert all(item["text"] and item["question"].endswith("?") for item in GUIDEPOSTS)


def test_guideposts_tag_what_is_there_and_an_invented_town_has_its_own() -> None:
    rest = load("guideposts.json")
    known = {
        "themes": {str(theme["number"]) for theme in THEMES},
        "publications": {item["slug"] for item in PUBLICATIONS},
        "offers": {item["slug"] for item in OFFERS},
        "phrases": {item["phrase"] for item in PHRASES},
        "events": {item["slug"] for item in EVENTS},
        "methods": {item["slug"] for item in METHODS["methods"]},
    }
    slugs = {item["slug"] for item in GUIDEPOSTS}

    assert set(rest["tagged"]) == set(known)
    for kind, rows in rest["tagged"].items():
        assert set(rows) <= known[kind]
        assert set(rows.values()) <= slugs
    (town,) = rest["municipal"]
    assert town["plan"]["link"].startswith("https://hedelund.example/")
    assert {own["says"] for own in town["guideposts"]} <= slugs | {None}
    assert all(own["question"].endswith("?") for own in town["guideposts"])


# --- figures and evidence ---

REQUIRED = (
    "statement", "values", "unit", "population", "comparison", "horizon", "source",
    "reading_a", "reading_b",
)  # fmt: skip


def test_one_figure_lacks_its_population_and_nothing_else() -> None:
    missing = {figure["key"]: [key for key in REQUIRED if not figure[key]] for figure in FIGURES}

    assert missing == {
        "basistal": [],
        "tro-og-udfald": [],
        "optimistiske-sagsbehandlere": [],
        "slog-egne-forventninger": [],
        "ufuldstaendigt-eksempel": ["population"],
        "udgaaet-eksempel": [],
    }
    assert [f["key"] for f in FIGURES if not f["publish"]] == ["ufuldstaendigt-eksempel"]


def test_figures_carry_the_published_values_and_their_kind() -> None:
    values = {f["key"]: [(v["value"], v["low"], v["high"]) for v in f["values"]] for f in FIGURES}

    assert values["basistal"] == [(6, None, None)]
    assert values["tro-og-udfald"] == [(1, None, None), (27, None, None)]
    assert values["optimistiske-sagsbehandlere"] == [(32, None, None)]
    assert values["slog-egne-forventninger"] == [(None, 16, 20)]
    # No source we have read says that a figure is adjusted; one does not say which it is.
    assert {f["key"]: f["adjustment"] for f in FIGURES if f["adjustment"] != "raw"} == {
        "optimistiske-sagsbehandlere": "unstated"
    }


def test_a_figure_offers_two_different_readings_and_a_date_where_its_source_has_one() -> None:
    dated = {f["key"]: f["valid_on"] for f in FIGURES if f["valid_on"] is not None}

    assert all(figure["reading_a"] != figure["reading_b"] for figure in FIGURES)
    assert set(dated) == {"ufuldstaendigt-eksempel", "udgaaet-eksempel"}
    assert all(date.fromisoformat(day) <= WRITTEN for day in dated.values())


def test_evidence_on_placement_is_conflicting_with_five_reasons() -> None:
    cards = {item["slug"]: item for item in EVIDENCE}
    numbers = {item["number"] for item in PUBLICATIONS}

    assert cards["virksomhedspraktik"]["verdict"] == "conflicting"
    for item in EVIDENCE:
        dimensions = item["dimensions"]
        codes = ["design", "amount", "consistency", "relevance", "currency"]
        assert [dimension["code"] for dimension in dimensions] == codes
        assert {dimension["grade"] for dimension in dimensions} <= {"A", "B", "C", "D", "unknown"}
        assert all(dimension["why"] for dimension in dimensions)
        assert {source["publication"] for source in item["sources"]} <= numbers
        assert item["demo"] is True
    assert {offer["evidence"] for offer in OFFERS} == {None, "virksomhedspraktik"}
