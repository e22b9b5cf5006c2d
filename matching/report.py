"""What a plan reaches, as numbers and as the JSON of `solve_matching`."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from matching.problem import SCALE, Ident

if TYPE_CHECKING:
    from matching.blocking import Blocking
    from matching.solve import Plan


def plan_report(plan: Plan) -> dict[str, Any]:
    """The JSON that `solve_matching --json` prints.

    affinity: sum over all partners of all placed cases, without the stay bonus.
    bound: proven upper limit of that sum for these cases and these capacities, were there no
        load penalty, no max-min floor and no calendar; affinity / bound is the ratio to the
        optimum.
    dual_gap: relative gap between the match (with load penalty, floor and stay bonus) and its
        dual bound; 0 when proven optimal. Slots come after the match.
    worst: the lowest affinity a placed case got; max_min: the exact max-min of the problem
        (the highest floor at which as many seats can be filled as without any), calendars
        left aside. Null if nothing is placed, or nothing can be.
    load_sd: standard deviation of seats used / capacity over colleagues with capacity > 0.
    seconds: wall time; peak_mb: highest memory of the whole process.
    """
    chosen = plan.timetable.chosen()
    affinity = plan.problem.affinity[chosen]
    return {
        "assignments": _assignments(plan),
        "unplaced": _unplaced(plan),
        "affinity": int(affinity.sum()) / SCALE,
        "bound": plan.bound / SCALE,
        "dual_gap": plan.dual_gap,
        "worst": int(affinity.min()) / SCALE if len(chosen) else None,
        "max_min": None if plan.max_min is None else plan.max_min / SCALE,
        "load_sd": load_sd(plan),
        "seconds": {
            "matching": round(plan.matching_seconds, 4),
            "slots": round(plan.slot_seconds, 4),
        },
        "peak_mb": peak_mb(),
    }


def load_sd(plan: Plan) -> float:
    """Standard deviation of utilisation over colleagues who have any capacity."""
    problem = plan.problem
    load = np.bincount(
        problem.pair_colleague[plan.timetable.chosen()], minlength=problem.colleagues
    )
    able = problem.capacity > 0
    return float((load[able] / problem.capacity[able]).std()) if able.any() else 0.0


def peak_mb() -> float:
    """The most memory this process has held, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)


def _assignments(plan: Plan) -> list[dict[str, Any]]:
    problem, timetable = plan.problem, plan.timetable
    colleague, number = problem.pair_colleague.tolist(), problem.slot_numbers.tolist()
    return [
        {
            "case": problem.case_ids[case],
            "colleagues": [
                problem.colleague_ids[who] for who in sorted(colleague[pair] for pair in pairs)
            ],
            "slot": number[slot],
        }
        for case, (pairs, slot) in enumerate(zip(timetable.pairs, timetable.slot, strict=True))
        if slot >= 0
    ]


def _unplaced(plan: Plan) -> list[dict[str, Any]]:
    """Cases with the same blocking set share it, also in memory."""
    shared = {id(blocking): _named(plan, blocking) for blocking in plan.unplaced.values()}
    return [
        {"case": plan.problem.case_ids[case], "blocking": shared[id(blocking)]}
        for case, blocking in sorted(plan.unplaced.items())
    ]


def _named(plan: Plan, blocking: Blocking) -> dict[str, list[Ident]]:
    problem = plan.problem
    return {
        "cases": [problem.case_ids[case] for case in blocking.cases],
        "colleagues": [problem.colleague_ids[one] for one in blocking.colleagues],
    }


def json_pieces(report: dict[str, Any]) -> Iterator[str]:
    """The report as JSON, piece by piece: blocking sets may be long, and are many."""
    lead = "{"
    for name, value in report.items():
        yield f"{lead}{json.dumps(name)}: "
        if name == "unplaced":
            yield from _list_pieces(value)
        else:
            yield json.dumps(value, ensure_ascii=False)
        lead = ", "
    yield "}\n"


def _list_pieces(items: list[Any]) -> Iterator[str]:
    yield "["
    for number, item in enumerate(items):
        yield (", " if number else "") + json.dumps(item, ensure_ascii=False)
    yield "]"
