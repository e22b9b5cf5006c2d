"""`bench anonymity`: the check's recall, precision and speed on labelled sentences."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from .anonymity import check
from .anonymity.evaluation import evaluate, load
from .anonymity.fuzzing import fuzz
from .benching import Bench

_SETS = Path(__file__).resolve().parent.parent / "tests" / "privacy"
DEVELOPMENT = _SETS / "anonymity_dev.jsonl"
HELD_OUT = _SETS / "anonymity_heldout.jsonl"
BLIND = _SETS / "anonymity_blind.jsonl"
# docs/anonymity.md, "Goals": shares, and milliseconds a sentence.
GOALS = {
    "numbers_found": 0.99,
    "names_and_addresses_found": 0.95,
    "clean_flagged": 0.08,
    "clean_blocked": 0.01,
    "ms_per_sentence": 2,
    "fuzzed_strings_that_raise": 0,
}


def add_arguments(parser: ArgumentParser) -> None:
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
    parser.add_argument("--seed", type=int, default=1, help="which made-up strings")


def run(options: Namespace) -> dict[str, object]:
    """Recall and precision per type with Wilson intervals, flagged clean share, ms a sentence."""
    if options.set is not None:
        return {"goals": GOALS, options.set.stem: evaluate(load(options.set), check)}
    return {
        "goals": GOALS,
        "development": evaluate(load(DEVELOPMENT), check),
        "held_out": evaluate(load(HELD_OUT), check),
        "blind": evaluate(load(BLIND), check),
        "fuzzed": fuzz(options.fuzz, check, options.seed),
    }


BENCHES = {"anonymity": Bench(run, add_arguments)}
