"""The evaluation counts rightly, and the check reaches its goals on the sets in this folder."""

from __future__ import annotations

from argparse import Namespace

import pytest

from privacy.anonymity import check
from privacy.anonymity.evaluation import Sentence, Span, evaluate, load, missed, wrong
from privacy.anonymity.fuzzing import fuzz, strings
from privacy.benchmarks.anonymity import (
    BLIND,
    DEVELOPMENT,
    GOALS,
    HELD_OUT,
    NOTES,
    NOTES_HARD,
    NOTES_HELD_OUT,
    check_note,
    run,
)

NUMBERS = ("cpr", "phone", "email", "plate", "account")


def test_recall_precision_and_clean_share_are_counted_per_type():
    sentences = [
        Sentence("Jeg mødte Fatima.", (Span(10, 16, "name"),)),
        Sentence("Det var hemmeligt.", (Span(8, 17, "name"),)),
        Sentence("Alt godt.", ()),
        Sentence("Ring 20304050 nu.", ()),
    ]

    result = evaluate(sentences, check)

    assert result["recall"]["name"]["hits"] == 1
    assert result["recall"]["name"]["n"] == 2
    assert result["precision"]["phone"]["share"] == 0.0
    assert result["precision"]["all"]["hits"] == 1
    assert result["clean"]["flagged"]["hits"] == 1
    assert result["clean"]["blocked"]["n"] == 2


def test_a_finding_of_another_type_still_finds_the_mention():
    sentence = Sentence("Ring 20304050 nu.", (Span(5, 13, "account"),))
    report = check(sentence.text)

    assert missed(sentence, report) == []
    assert wrong(sentence, report) == []


def test_an_empty_set_has_no_shares():
    assert evaluate([], check)["clean"]["flagged"]["share"] is None


@pytest.mark.parametrize("path", [DEVELOPMENT, HELD_OUT, BLIND, NOTES, NOTES_HELD_OUT, NOTES_HARD])
def test_labels_point_at_what_they_name(path):
    sentences = load(path)

    assert len({sentence.text for sentence in sentences}) == len(sentences)
    for sentence in sentences:
        for span in sentence.spans:
            assert 0 <= span.start < span.end <= len(sentence.text)
            assert sentence.text[span.start : span.end].strip()


def test_the_development_set_is_large_and_half_clean():
    sentences = load(DEVELOPMENT)
    clean = sum(not sentence.spans for sentence in sentences)

    assert len(sentences) >= 400
    assert 0.4 <= clean / len(sentences) <= 0.6


@pytest.mark.parametrize("name", ["development", "held_out", "blind"])
def test_the_goals_are_reached(name):
    result = run(Namespace(set=None, fuzz=200, seed=1, names=20))[name]

    for kind in NUMBERS:
        assert result["recall"][kind]["share"] >= GOALS["numbers_found"]
    for kind in ("name", "address"):
        assert result["recall"][kind]["share"] >= GOALS["names_and_addresses_found"]
    assert result["clean"]["flagged"]["share"] <= GOALS["clean_flagged"]
    assert result["clean"]["blocked"]["share"] <= GOALS["clean_blocked"]


@pytest.mark.parametrize("path", [NOTES, NOTES_HELD_OUT, NOTES_HARD])
def test_the_goals_for_notes_are_reached(path):
    result = evaluate(load(path), check_note)

    assert result["recall"]["name"]["share"] >= GOALS["names_found_in_notes"]
    assert result["clean"]["flagged"]["share"] <= GOALS["clean_notes_flagged"]


def test_another_set_can_be_measured(tmp_path):
    path = tmp_path / "own.jsonl"
    path.write_text('{"text": "Jeg mødte Fatima.", "spans": []}\n', encoding="utf-8")

    assert run(Namespace(set=path))["own"]["clean"]["blocked"]["hits"] == 1


def test_the_same_seed_makes_the_same_strings():
    assert list(strings(50, seed=3)) == list(strings(50, seed=3))
    assert list(strings(50, seed=3)) != list(strings(50, seed=4))


def test_no_made_up_string_breaks_the_check():
    result = fuzz(2_000, check)

    assert (result["raised"], result["misplaced_findings"]) == (0, 0)


def test_a_check_that_breaks_is_counted():
    def breaks(text):
        raise KeyError(text)

    result = fuzz(10, breaks)

    assert (result["raised"], result["errors"]) == (10, {"KeyError": 10})
