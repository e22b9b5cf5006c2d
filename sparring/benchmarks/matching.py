"""Benchmarks of the sparring app: `manage.py benchmark matching --size a|b|c --json`."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import numpy as np

from matching import baseline
from matching.absence import replan_without
from matching.check import broken_rules
from matching.generate import SIZES, full_week, generate
from matching.problem import SCALE, Problem
from matching.repair import Repair
from matching.report import load_sd, peak_mb
from matching.solve import Plan, solve

Report = dict[str, object]
SECONDS = {"a": 0.1, "b": 4.0, "c": 10.0}
REPAIR_MS = {"a": 20.0, "b": 100.0}
REPAIRS = 200


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of the matching benchmark: size, seed and weight of the load."""
    parser.add_argument("--size", choices=sorted(SIZES), default="a", help="size of the problem")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another problem")
    parser.add_argument("--load-weight", type=float, default=0.8, help="0.6 to 1.0 is sensible")


def run(options: Namespace) -> Report:
    """Generate, solve, check, repair, compare; each number beside its goal."""
    clock, cpu = time.perf_counter(), time.process_time()
    problem = generate(SIZES[options.size], seed=options.seed, load_weight=options.load_weight)
    generated, generated_cpu = time.perf_counter(), time.process_time()
    plan = solve(problem)
    solved_cpu = time.process_time() - generated_cpu
    report: Report = {
        "size": options.size,
        "seed": options.seed,
        "colleagues": problem.colleagues,
        "cases": problem.cases,
        "pairs": len(problem.affinity),
        "load_weight": options.load_weight,
        "seconds": {
            "generate": round(generated - clock, 3),
            "generate_cpu": round(generated_cpu - cpu, 3),
            "matching": round(plan.matching_seconds, 3),
            "slots": round(plan.slot_seconds, 3),
            "matching_and_slots_cpu": round(solved_cpu, 3),
        },
        "peak_mb": peak_mb(),
    }
    goals = _plan_goals(plan, options.size, peak_mb())
    goals |= _repair_goals(plan, options.size)
    goals |= _blocking_goal(problem)
    if options.size == "a":
        goals |= _ill_goals(plan) | _full_week_goals(options.seed)
    report["goals"] = goals
    report["all_reached"] = all(goal["reached"] for goal in goals.values())
    report["baselines"] = _baselines(plan, options.size, options.seed)
    return report


def _goal(value: float, goal: str, reached: bool) -> dict[str, object]:
    return {"value": round(value, 9), "goal": goal, "reached": bool(reached)}


def _at_most(value: float, most: float, unit: str = "") -> dict[str, object]:
    return _goal(value, f"<= {most:g}{unit}", value <= most)


def _at_least(value: float, least: float) -> dict[str, object]:
    return _goal(value, f">= {least:g}", value >= least)


def _affinity(plan: Plan) -> float:
    return int(plan.problem.affinity[plan.timetable.chosen()].sum()) / SCALE


def _worst(plan: Plan) -> float:
    return int(plan.problem.affinity[plan.timetable.chosen()].min()) / SCALE


def _plan_goals(plan: Plan, size: str, memory: float) -> dict[str, dict[str, object]]:
    bound = plan.bound / SCALE
    without_load = solve(replace(plan.problem, load_weight=0.0))
    placed = plan.problem.cases - len(plan.unplaced)
    match = int(plan.problem.affinity[plan.match.chosen].sum()) / SCALE
    max_min = (plan.max_min or 0) / SCALE
    return {
        "dual_gap": _at_most(plan.dual_gap, 1e-6),
        "matching_seconds": _at_most(plan.matching_seconds, SECONDS[size], " s"),
        "slot_seconds": _at_most(plan.slot_seconds, 0.5, " s"),
        "peak_mb": _at_most(memory, 700, " MB"),
        "worst_case": _goal(
            _worst(plan), f"the exact max-min {max_min:g}", _worst(plan) >= max_min
        ),
        "ratio_without_load": _at_least(_affinity(without_load) / bound, 0.99),
        "ratio_with_load": _at_least(_affinity(plan) / bound, 0.985),
        "load_sd": _at_most(load_sd(plan), 0.12),
        "placed_share": _at_least(placed / plan.problem.cases, 1.0),
        "affinity_lost_by_slots": _at_most(match - _affinity(plan), 0.0),
        "hard_rules_broken": _at_most(len(broken_rules(plan.problem, plan.timetable)), 0),
    }


def _repair_goals(plan: Plan, size: str) -> dict[str, dict[str, object]]:
    """One case out and in again, 200 times: time, and whether the optimum is reached again."""
    repair = Repair(plan.problem, plan.match)
    optimum, seconds, missed = repair.value(), [], 0
    cases = np.random.default_rng(0).choice(plan.problem.cases, min(REPAIRS, plan.problem.cases))
    for case in cases.tolist():
        clock = time.perf_counter()
        repair.withdraw(case)
        repair.insert(case)
        seconds.append(time.perf_counter() - clock)
        missed += repair.value() != optimum
    p95 = float(np.percentile(seconds, 95)) * 1000
    timing = (
        _at_most(p95, REPAIR_MS[size], " ms")
        if size in REPAIR_MS
        else _goal(p95, "no goal set, ms", True)
    )
    return {"repair_p95_ms": timing, "repairs_off_the_optimum": _at_most(missed, 0)}


def _blocking_goal(problem: Problem) -> dict[str, dict[str, object]]:
    """Time until the blocking set is named when a tenth of all seats is missing."""
    short = int(problem.need.sum()) * 9 // 10
    cumulative = np.cumsum(problem.capacity)
    capacity = np.where(cumulative <= short, problem.capacity, 0)
    scarce = replace(problem, capacity=capacity)
    clock = time.perf_counter()
    plan = solve(scarce)
    whole = time.perf_counter() - clock
    return {
        "blocking_named_seconds": _at_most(plan.slot_seconds, 1.0, " s"),
        "blocking_named_for_all": _goal(
            len(plan.unplaced),
            "every unplaced case has a blocking set",
            all(blocking.cases for blocking in plan.unplaced.values()),
        ),
        "scarce_plan_seconds": _goal(whole, "no goal set, s", True),
    }


def _ill_goals(plan: Plan) -> dict[str, dict[str, object]]:
    """Each colleague ill in turn: others who move on average, and what staying costs."""
    moved, cost = [], []
    for colleague in range(plan.problem.colleagues):
        replanned = replan_without(plan, colleague)
        capacity = replanned.plan.problem.capacity
        fresh = solve(replace(plan.problem, capacity=capacity))
        moved.append(len(replanned.moved))
        cost.append(1 - _affinity(replanned.plan) / _affinity(fresh))
    return {
        "ill_others_moved_mean": _at_most(float(np.mean(moved)), 4),
        "ill_others_moved_max": _goal(max(moved), "no goal set", True),
        "ill_affinity_lost_mean": _at_most(float(np.mean(cost)), 0.0005),
    }


def _full_week_goals(seed: int) -> dict[str, dict[str, object]]:
    plan = solve(full_week(seed))
    placed = plan.problem.cases - len(plan.unplaced)
    return {
        "full_week_placed_share": _at_least(placed / plan.problem.cases, 1.0),
        "full_week_ratio": _at_least(_affinity(plan) * SCALE / plan.bound, 0.95),
        "full_week_seconds": _at_most(plan.matching_seconds + plan.slot_seconds, 1.0, " s"),
    }


def _baselines(plan: Plan, size: str, seed: int) -> Report:
    """Simpler methods on the same problem, as ratios to the proven bound, in their own process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
        measured = other.submit(baseline.measure, size, seed).result()
    bound = plan.bound / SCALE
    ours = {"affinity": _affinity(plan), "worst": _worst(plan), "seats": plan.problem.cases}
    return {
        name: {**numbers, "ratio": round(numbers["affinity"] / bound, 4)}
        for name, numbers in {"ours": ours, **measured}.items()
    }
