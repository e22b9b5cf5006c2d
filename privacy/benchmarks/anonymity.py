"""`benchmark anonymity`: the check's recall, precision and speed on labelled sentences."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from privacy.anonymity import Report, check, grid
from privacy.anonymity.evaluation import evaluate, flagged, load
from privacy.anonymity.fuzzing import fuzz
from privacy.anonymity.notes import look_over

_SETS = Path(__file__).resolve().parent.parent.parent / "tests" / "privacy"
DEVELOPMENT = _SETS / "anonymity_dev.jsonl"
HELD_OUT = _SETS / "anonymity_heldout.jsonl"
BLIND = _SETS / "anonymity_blind.jsonl"
# Notes as a caseworker writes them: half to correct on and half kept back, and some meant as hard.
NOTES = _SETS / "case_notes_dev.jsonl"
NOTES_HELD_OUT = _SETS / "case_notes_heldout.jsonl"
NOTES_HARD = _SETS / "case_notes_hard.jsonl"
FRAMES = _SETS / "anonymity_frames.txt"
# Sentences that begin with a first name that is a word too: meant as the word, and as the name.
WORDS = _SETS / "anonymity_openings.txt"
WORDS_UNSEEN = _SETS / "anonymity_openings_unseen.txt"
NAMES = _SETS / "anonymity_opening_names.txt"
# The same, by somebody who had not read the rules.
WORDS_SECOND = _SETS / "anonymity_openings_second.txt"
NAMES_SECOND = _SETS / "anonymity_opening_names_second.txt"
# docs/anonymity.md, "Goals": shares, and milliseconds a sentence.
GOALS = {
    "numbers_found": 0.99,
    "names_and_addresses_found": 0.95,
    "clean_flagged": 0.08,
    "clean_blocked": 0.01,
    "names_found_in_notes": 0.95,
    "clean_notes_flagged": 0.05,
    "names_passing_the_grid": 0.002,
    "opening_words_flagged": 0.05,
    "opening_names_passing": 0.02,
    "ms_per_sentence": 2,
    "fuzzed_strings_that_raise": 0,
}


def add_arguments(parser: ArgumentParser) -> None:
    """What the command line may choose: the sentences, and how many are made up."""
    parser.add_argument(
        "--set",
        type=Path,
        metavar="FILE",
        help="another set, JSON lines {text, spans: [{start, end, type}]}",
    )
    parser.add_argument(
        "--fuzz",
        type=int,
        default=10_000,
        metavar="N",
        help="how many made-up strings are checked as well (the goal is about 1000000)",
    )
    parser.add_argument(
        "--names",
        type=int,
        metavar="N",
        help="how many of the listed first names are put in every frame (all, a minute)",
    )
    parser.add_argument("--seed", type=int, default=1, help="which made-up strings")


def check_note(text: str) -> Report:
    """The check of words about a citizen, in the shape of the other one's."""
    return Report(tuple(look_over(text).found))


def run(options: Namespace) -> dict[str, object]:
    """Recall and precision per type with Wilson intervals, flagged clean share, ms a sentence."""
    if options.set is not None:
        return {"goals": GOALS, options.set.stem: evaluate(load(options.set), check)}
    return {
        "goals": GOALS,
        "development": evaluate(load(DEVELOPMENT), check),
        "held_out": evaluate(load(HELD_OUT), check),
        "blind": evaluate(load(BLIND), check),
        "case_notes": evaluate(load(NOTES), check_note),
        "case_notes_held_out": evaluate(load(NOTES_HELD_OUT), check_note),
        "case_notes_hard": evaluate(load(NOTES_HARD), check_note),
        "openings": {
            "words_flagged": flagged(grid.lines(WORDS), check),
            "unseen_words_flagged": flagged(grid.lines(WORDS_UNSEEN), check),
            "second_words_flagged": flagged(grid.lines(WORDS_SECOND), check),
            "second_names_found": flagged(grid.lines(NAMES_SECOND), check),
            "names_found": flagged(grid.lines(NAMES), check),
        },
        "grid": grid.share(grid.first_names()[: options.names], grid.lines(FRAMES), check),
        "fuzzed": fuzz(options.fuzz, check, options.seed),
    }
