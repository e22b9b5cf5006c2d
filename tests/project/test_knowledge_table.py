"""The table of what the source systems had names every row, and tests and pages that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = (ROOT / "docs" / "knowledge.md").read_text(encoding="utf-8")
LINES = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in TABLE.splitlines()
    if re.match(r"\| \d", line)
]
WANTED = [*range(1, 42), *range(76, 79), *range(108, 122)]
STATES = ("works", "partly", "missing")


def test_every_row_stands_there_once_and_in_order():
    assert [int(line[0]) for line in LINES] == WANTED


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_a_row_says_how_it_stands_where_it_is_and_what_holds_it(line):
    _number, _what, state, where, tests = line

    assert state.startswith(STATES)
    assert state.startswith("works") or ":" in state, "say what lacks"
    assert re.match(r"`/", where)
    for name in re.findall(r"`(tests/[\w/]+\.py)`", tests):
        assert (ROOT / name).is_file(), name
    assert "`tests/" in tests


def test_each_source_system_has_its_acceptance_test_of_ten_tasks_in_words():
    files = sorted((ROOT / "tests" / "browser").glob("test_moves_in_*.py"))

    assert len(files) == 5
    for file in files:
        words = file.read_text(encoding="utf-8")
        described = re.findall(r"^ ?(\d+)\. ", words.split('"""')[1], re.MULTILINE)
        assert described == [str(number) for number in range(1, 11)], file.name
        assert words.count("\ndef test_") >= 10, file.name
        assert file.name.removeprefix("test_moves_in") in TABLE
