"""One run: candidate pairs, the exact flow, slots, real times; who is left and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from matching.report import plan_report
from matching.solve import Plan, solve

from .time_slots import Placed, Settling, ranked

if TYPE_CHECKING:
    from matching.problem import Problem
    from sparring.models.json_shapes import PlanCertificate

    from .candidate_pairs import Pool

ENOUGH = 300_000
"""0.30, what a pair that never met is worth alone: above it the worst-off case gives way to an even
load. Without it two people who fit everybody would get all sessions in a small municipality."""
Teams = Mapping[int, tuple[tuple[int, ...], int]]
"""Partners and slot by case, all as places in the pool."""


@dataclass(frozen=True)
class Unplaced:
    """A case without a session: a code of `why.NotPlaced`, and who or what is full."""

    case: int
    why: str
    colleagues: tuple[int, ...] = ()
    cases: tuple[int, ...] = ()


@dataclass(frozen=True)
class Question:
    """What is to be matched and placed: `need` and `lengths` are the cases', in their order."""

    pool: Pool
    problem: Problem
    need: Sequence[int]
    lengths: Sequence[timedelta]


def question(
    pool: Pool,
    *,
    need: Sequence[int],
    lengths: Sequence[timedelta],
    agreed: Sequence[tuple[int, int]] = (),
) -> Question:
    """The pool's cases with what is asked for them; `agreed` pairs are places of (case, person)."""
    return Question(pool, pool.problem(need=need, agreed=agreed), need, lengths)


@dataclass(frozen=True)
class Run:
    """What a run found; `solved` keeps the matcher's plan for its prices."""

    pool: Pool
    problem: Problem
    solved: Plan
    placed: Sequence[Placed]
    unplaced: Sequence[Unplaced]


def run(asked: Question) -> Run:
    """Match and place the cases, in their order.

    A case for which so many colleagues cannot be had gets as many as can.
    """
    pool, need, lengths = asked.pool, asked.need, asked.lengths
    solved = solve(asked.problem, enough=ENOUGH)
    teams = _teams(solved)
    placed = _settle(Settling(pool), teams, need, lengths)
    if teams.keys() - {placement.case for placement in placed}:
        tight = _settle(Settling(pool, spread=False), teams, need, lengths)
        placed = max(placed, tight, key=len)
    found = {placement.case for placement in placed}
    unplaced = [
        _why(pool, solved, case, had_team=case in teams)
        for case in range(len(pool.cases))
        if case not in found
    ]
    return Run(pool, asked.problem, solved, placed, unplaced)


def _settle(
    settling: Settling, teams: Teams, need: Sequence[int], lengths: Sequence[timedelta]
) -> list[Placed]:
    """Give every matched session a time, in the cases' order; those without one are left out."""
    tried = [
        settling.assign(case, team, lengths[case], settling.pool.starts[slot])
        for case, (team, slot) in sorted(teams.items())
    ]
    placed = {placement.case: placement for placement in tried if placement is not None}
    for case, requested in enumerate(need):
        fewer = None if case in placed else _with_fewer(settling, case, requested, lengths[case])
        if fewer is not None:
            placed[case] = fewer
    return [placed[case] for case in sorted(placed)]


def _with_fewer(settling: Settling, case: int, requested: int, length: timedelta) -> Placed | None:
    """The session with fewer colleagues than asked for, as many as can be had; None for nobody."""
    best = list(ranked(settling.pool, case))
    for count in range(min(requested - 1, len(best)), 0, -1):
        placed = settling.assign(case, best[:count], length)
        if placed is not None:
            return replace(placed, as_matched=False)
    return None


def certificate(result: Run, *, problem: str) -> PlanCertificate:
    """The proof and the prices, to be stored with the plan: affinities as 0–1, ids of people.

    `problem` is the fingerprint of what it proves.
    """
    report = plan_report(result.solved)
    proof = result.solved.match.certificate
    return {
        "problem": problem,
        "affinity": report["affinity"],
        "bound": report["bound"],
        "dual_gap": report["dual_gap"],
        "worst": report["worst"],
        "max_min": report["max_min"],
        "load_sd": round(report["load_sd"], 4),
        "floor": proof.floor,
        "load_weight": proof.load_weight,
        "prices": {
            str(person.pk): int(price)
            for person, price in zip(result.pool.people, proof.price, strict=True)
            if price
        },
    }


def _teams(solved: Plan) -> Teams:
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
    """Why a case has no session: nobody may, nobody has a seat left, or no time suits."""
    if not pool.allowed[case].any():
        return Unplaced(case, "nobody")
    if had_team:
        able = [index for index, may in enumerate(pool.allowed[case]) if may]
        return Unplaced(case, "no_time", tuple(able))
    blocking = solved.unplaced[case]
    return Unplaced(case, "full", blocking.colleagues, blocking.cases)
