"""Why these people: what is stored with a session, so that the screen can answer later.

The shapes are those of `sparring.models.json_shapes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matching.problem import SCALE

if TYPE_CHECKING:
    from sparring.models.json_shapes import LeftOut, MatchExplanation, OtherColleague, PairParts

    from .candidate_pairs import Pool
    from .exchange import Exchanges
    from .solve import Run
    from .time_slots import Placed

MOST_OTHERS = 5


def explanation_of(
    result: Run, placed: Placed, themes: Sequence[int], exchanges: Exchanges
) -> MatchExplanation:
    """What is kept about one session; `themes` are those that the case's reasons point at."""
    pool = result.pool
    return {
        "partners": {
            str(pool.people[partner].pk): pair_parts(pool, placed.case, partner, themes)
            for partner in placed.partners
        },
        "others": _others(result, placed, exchanges),
        "left_out": _left_out(pool, placed),
    }


def pair_parts(pool: Pool, case: int, person: int, themes: Sequence[int]) -> PairParts:
    """One pair's affinity (0–1) with its parts."""
    people = pool.people
    met = pool.rules.last_met.get((pool.cases[case].owner_id, people[person].pk))
    return {
        "affinity": int(pool.shown[case, person]) / SCALE,
        **pool.affinity.parts(case, person),
        "themes": [theme for theme in themes if theme in people[person].theme_numbers],
        "last_met": met.isoformat() if met else None,
    }


def _others(result: Run, placed: Placed, exchanges: Exchanges) -> list[OtherColleague]:
    """Who else was possible, cheapest first; a session that the limits moved has no price (None).

    takes_away: choosing them would leave another case without a colleague; that has no price.
    """
    problem, pool = result.problem, result.pool
    row = problem.row(placed.case)
    pair_of = {
        int(person): int(pair) + row.start
        for pair, person in enumerate(problem.pair_colleague[row])
    }
    partners = tuple(pair_of[person] for person in placed.partners)
    found: list[OtherColleague] = []
    for person, pair in pair_of.items():
        if person in placed.partners:
            continue
        loses = exchanges.loses(partners, pair) if placed.as_matched else None
        found.append(
            {
                "employee": pool.people[person].pk,
                "affinity": int(pool.shown[placed.case, person]) / SCALE,
                "loses": None if loses is None else _without_answers(pool, placed, person, loses),
                "takes_away": placed.as_matched and loses is None,
            }
        )
    return sorted(found, key=_cheapest_first)[:MOST_OTHERS]


def _without_answers(pool: Pool, placed: Placed, person: int, loses: float) -> float:
    """What the whole loses, less what somebody's private answers make of it; never below 0."""
    private = pool.total[placed.case].astype(int) - pool.shown[placed.case]
    favour = max(int(private[partner]) for partner in placed.partners) - int(private[person])
    return max(round(loses - favour / SCALE, 3), 0.0)


def _cheapest_first(other: OtherColleague) -> tuple[bool, float, float, int]:
    return other["takes_away"], other["loses"] or 0.0, -other["affinity"], other["employee"]


def _left_out(pool: Pool, placed: Placed) -> list[LeftOut]:
    """Who was left out and why; the presenter goes without saying, of guests nothing is told."""
    presenter = int(pool.owner[placed.case])
    found: list[LeftOut] = []
    for index, person in enumerate(pool.people):
        why = pool.why_left_out(placed.case, index)
        if why is not None and index != presenter and _is_at_home(pool, index):
            found.append({"employee": person.pk, "why": why.value})
    return found


def _is_at_home(pool: Pool, person: int) -> bool:
    """Whether somebody belongs to the plan's own municipality."""
    home = pool.people[person].municipality_id
    return any(case.municipality_id == home for case in pool.cases)
