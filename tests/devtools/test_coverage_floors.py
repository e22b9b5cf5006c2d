"""The floors under what the tests run (devtools/coverage_floors.py)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from devtools import coverage_floors


def _file(lines: tuple[int, int], branches: tuple[int, int]) -> dict[str, Any]:
    return {
        "summary": {
            "covered_lines": lines[0],
            "num_statements": lines[1],
            "covered_branches": branches[0],
            "num_branches": branches[1],
        }
    }


def _missed(**files: dict[str, Any]) -> list[str]:
    report = {"files": {path.replace("__", "/") + ".py": found for path, found in files.items()}}
    return coverage_floors.judge(report, lines=95, branches=90)[1]


def test_what_reaches_both_floors_exactly_passes():
    assert _missed(kb__pages=_file((95, 100), (9, 10))) == []


def test_each_floor_is_held_by_itself():
    assert _missed(kb__pages=_file((949, 1000), (10, 10))) == [
        "The tests run 94.9 % of the product's lines; the floor is 95 %."
    ]
    assert _missed(kb__pages=_file((100, 100), (8, 10))) == [
        "The tests run 80.0 % of the product's branches; the floor is 90 %."
    ]


def test_files_count_by_their_size():
    assert _missed(kb__small=_file((0, 1), (0, 0)), kb__large=_file((99, 99), (4, 4))) == []


@pytest.mark.parametrize(
    "path", ["devtools__lint", "sparring__benchmarks__matching", "search__bench", "kb__benching__x"]
)
def test_what_no_job_centre_runs_has_no_floor_and_lifts_none(path):
    whole = _file((100, 100), (10, 10))
    assert _missed(**{"kb__pages": whole, path: _file((0, 500), (0, 90))}) == []
    assert _missed(**{"kb__pages": _file((50, 100), (9, 10)), path: _file((900, 900), (0, 0))})


def test_the_end_of_the_run_prints_every_part_and_fails(tmp_path, capsys):
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"files": {"kb/pages.py": _file((1, 4), (1, 2))}}))

    assert coverage_floors.check(report) == 1

    printed = capsys.readouterr().out.splitlines()
    assert printed[1].split() == ["the", "product", "25.0", "%", "of", "4", "50.0", "%", "of", "2"]
    assert [line.strip().split("  ")[0] for line in printed[2:4]] == [
        "benchmarks",
        "developers' tools",
    ]
    assert len([line for line in printed if "the floor is" in line]) == 2
