"""The last lines of `make coverage`: how much of the product the tests run, and if it is enough.

coverage.py has one floor for lines and branches together. Here each has its own, in pyproject's
[tool.sparringsrummet.coverage], and counts only what a job centre runs: benchmarks and the
developers' tools are printed beside it, without a floor.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from devtools import ROOT


def check(report: Path) -> int:
    """Print what was found; 1 when a floor is not reached."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        floors = tomllib.load(file)["tool"]["sparringsrummet"]["coverage"]
    told, missed = judge(
        json.loads(report.read_text()), lines=floors["lines"], branches=floors["branches"]
    )
    print("\n".join([*told, *missed]), flush=True)
    return 1 if missed else 0


def judge(report: dict[str, Any], *, lines: float, branches: float) -> tuple[list[str], list[str]]:
    """What `coverage json` found, one line for each part, and a line for each floor not reached."""
    told = [f"Run by the tests:{'':<10}{'lines':>16}{'branches':>18}"]
    for name, belongs in PARTS.items():
        files = {path: found for path, found in report["files"].items() if belongs(path)}
        counted = _sum(files)
        told.append(
            f"  {name:<22}"
            f"{_percent(counted['covered_lines'], counted['num_statements'])}"
            f"{_percent(counted['covered_branches'], counted['num_branches'])}"
        )
    product = _sum({path: found for path, found in report["files"].items() if is_product(path)})
    reached = {
        "lines": (product["covered_lines"], product["num_statements"], lines),
        "branches": (product["covered_branches"], product["num_branches"], branches),
    }
    missed = [
        f"The tests run {100 * ran / of:.1f} % of the product's {what}; the floor is {floor} %."
        for what, (ran, of, floor) in reached.items()
        if 100 * ran < floor * of
    ]
    return told, missed


def _sum(files: dict[str, Any]) -> dict[str, int]:
    names = ("covered_lines", "num_statements", "covered_branches", "num_branches")
    return {name: sum(found["summary"][name] for found in files.values()) for name in names}


def _percent(ran: int, of: int) -> str:
    return f"{100 * ran / of if of else 100:>8.1f} % of {of:<6}"


def is_benchmark(path: str) -> bool:
    """Measuring takes minutes to hours and is done by hand (`manage.py benchmark`)."""
    parts = Path(path)
    return bool({"benchmarks", "benching"} & set(parts.parts)) or "bench" in parts.stem


def is_tool(path: str) -> bool:
    """Whether only developers and `make run` need the file."""
    return path.startswith("devtools/")


def is_product(path: str) -> bool:
    """Whether the file is a part of what a municipality runs."""
    return not is_benchmark(path) and not is_tool(path)


PARTS: dict[str, Callable[[str], bool]] = {
    "the product": is_product,
    "benchmarks": is_benchmark,
    "developers' tools": is_tool,
}
