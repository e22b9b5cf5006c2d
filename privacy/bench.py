"""`bench anonymity`: the check's recall, precision and speed on labelled sentences."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from .anonymity import check
from .anonymity.evaluation import evaluate, load
from .benching import Bench

_SETS = Path(__file__).resolve().parent.parent / "tests" / "privacy"
DEVELOPMENT = _SETS / "anonymity_dev.jsonl"
HELD_OUT = _SETS / "anonymity_heldout.jsonl"
# docs/anonymity.md, "Goals": shares, and milliseconds a sentence.
GOALS = {
    "numbers_found": 0.99,
    "names_and_addresses_found": 0.95,
    "clean_flagged": 0.08,
    "clean_blocked": 0.01,
    "ms_per_sentence": 2,
}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--set",
        type=Path,
        metavar="FILE",
        help="another set, JSON lines {text, spans: [{start, end, type}]}",
    )


def run(options: Namespace) -> dict[str, object]:
    """Recall and precision per type with Wilson intervals, flagged clean share, ms a sentence."""
    if options.set is not None:
        return {"goals": GOALS, options.set.stem: evaluate(load(options.set), check)}
    return {
        "goals": GOALS,
        "development": evaluate(load(DEVELOPMENT), check),
        "held_out": evaluate(load(HELD_OUT), check),
    }


BENCHES = {"anonymity": Bench(run, add_arguments)}
