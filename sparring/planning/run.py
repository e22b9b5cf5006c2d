"""One run: candidate pairs, the exact flow, slots, real times; who is left and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sparring.matching.problem import Problem
from sparring.matching.report import plan_report
from sparring.matching.solve import Plan, solve

from .pool import Pool
from .settle import Placed, Settling


@dataclass(frozen=True)
class Unplaced:
    """A case without a talk: a code of `why.NotPlaced`, and who or what is full."""

    case: int
    why: str
    colleagues: tuple[int, ...] = ()
    cases: tuple[int, ...] = ()


@dataclass(frozen=True)
class Run:
    """What a run found; `solved` keeps the matcher's plan for its prices."""

    pool: Pool
    problem: Problem
    solved: Plan
    placed: Sequence[Placed]
    unplaced: Sequence[Unplaced]


def run(
    pool: Pool,
    *,
    partners: int,
    lengths: Sequence[timedelta],
    agreed: Sequence[tuple[int, int]] = (),
) -> Run:
    """Match and place the pool's cases, in their order; `lengths` are the talks' by case."""
    problem = pool.problem(need=[partners] * len(pool.cases), agreed=agreed)
    solved = solve(problem)
    settling = Settling(pool)
    placed: list[Placed] = []
    unplaced: list[Unplaced] = []
    teams = _teams(solved)
    for case, length in enumerate(lengths):
        team, start = teams.get(case, ((), None))
        preferred = None if start is None else pool.starts[start]
        found = settling.place(case, team, length, preferred) if team else None
        if found is None:
            unplaced.append(_why(pool, solved, case, had_team=bool(team)))
        else:
            placed.append(found)
    return Run(pool, problem, solved, placed, unplaced)


def certificate(result: Run) -> dict[str, Any]:
    """The proof and the prices, to be stored with the plan: affinities as 0–1, ids of people."""
    report = plan_report(result.solved)
    proof = result.solved.match.certificate
    return {
        **{key: report[key] for key in ("affinity", "bound", "dual_gap", "worst", "max_min")},
        "load_sd": round(report["load_sd"], 4),
        "floor": proof.floor,
        "load_weight": proof.load_weight,
        "prices": {
            str(person.pk): int(price)
            for person, price in zip(result.pool.people, proof.price, strict=True)
            if price
        },
        "changed_by_limits": sum(not each.as_matched for each in result.placed),
    }


def _teams(solved: Plan) -> Mapping[int, tuple[tuple[int, ...], int]]:
    """Partners and slot of every case the matcher placed, by places in the pool."""
    colleague = solved.problem.pair_colleague
    return {
        case: (tuple(int(colleague[pair]) for pair in pairs), slot)
        for case, (pairs, slot) in enumerate(
            zip(solved.timetable.pairs, solved.timetable.slot, strict=True)
        )
        if slot >= 0
    }


def _why(pool: Pool, solved: Plan, case: int, *, had_team: bool) -> Unplaced:
    """Why a case has no talk: nobody may, nobody has a seat left, or no time suits."""
    if not pool.allowed[case].any():
        return Unplaced(case, "nobody")
    if had_team:
        able = [index for index, may in enumerate(pool.allowed[case]) if may]
        return Unplaced(case, "no_time", tuple(able))
    blocking = solved.unplaced[case]
    return Unplaced(case, "full", blocking.colleagues, blocking.cases)
