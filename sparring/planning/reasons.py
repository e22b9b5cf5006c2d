"""Why these people: what is stored with a talk, so that the screen can answer later.

Ids and numbers only; names and sentences are made when it is shown (`sparring/queries/plans.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sparring.matching.explain import why_not
from sparring.matching.problem import SCALE

from .calendars import Calendar
from .pool import Pool
from .run import Run
from .settle import Placed

MOST_OTHERS = 5


def match_of(result: Run, placed: Placed, themes: Sequence[int]) -> dict[str, Any]:
    """What is kept about one talk.

    partners: each id with affinity, parts, the themes shared, and the day they last met. others:
    who else was possible, cheapest first, with what the whole would lose. left_out: ids by reason.
    """
    pool = result.pool
    return {
        "partners": {
            str(pool.people[each].pk): pair_parts(pool, placed.case, each, themes)
            for each in placed.partners
        },
        "others": _others(result, placed),
        "left_out": _left_out(pool, placed),
        "themes": list(themes),
        "as_matched": placed.as_matched,
    }


def pair_parts(pool: Pool, case: int, person: int, themes: Sequence[int]) -> dict[str, Any]:
    """One pair's affinity (0–1) with its parts."""
    people = pool.people
    met = pool.rules.last_met.get((pool.cases[case].owner_id, people[person].pk))
    return {
        "affinity": int(pool.total[case, person]) / SCALE,
        **pool.affinity.parts(case, person),
        "themes": [theme for theme in themes if theme in people[person].theme_numbers],
        "last_met": met.isoformat() if met else None,
    }


def load_table(
    pool: Pool, seats_before: Mapping[int, int], placed: Sequence[Placed]
) -> list[dict[str, int]]:
    """How full everybody is who can be asked: talks before, talks in the plan, room there was."""
    taken: dict[int, int] = {}
    for each in placed:
        for person in each.partners:
            taken[person] = taken.get(person, 0) + 1
    return [
        {
            "employee": person.pk,
            "before": seats_before[person.pk],
            "in_plan": taken.get(index, 0),
            "room": int(pool.room[index]),
        }
        for index, person in enumerate(pool.people)
        if pool.room[index] or taken.get(index)
    ]


def seats_in_month(calendars: Mapping[int, Calendar]) -> dict[int, int]:
    """Talks as a partner that are booked around the window, by the employee's id."""
    return {pk: len(calendar.seats) for pk, calendar in calendars.items()}


def _others(result: Run, placed: Placed) -> list[dict[str, Any]]:
    problem, proof = result.problem, result.solved.match.certificate
    row = problem.row(placed.case)
    colleagues = problem.pair_colleague[row]
    partners = tuple(
        int(row.start + np.flatnonzero(colleagues == person)[0]) for person in placed.partners
    )
    answers = [why_not(problem, proof, partners, int(person)) for person in colleagues]
    found = sorted(
        (each for each in answers if each is not None and not each.full),
        key=lambda each: (each.whole_loses, each.colleague),
    )
    return [
        {
            "employee": result.pool.people[each.colleague].pk,
            "affinity": int(result.pool.total[placed.case, each.colleague]) / SCALE,
            "loses": round(max(each.whole_loses, 0.0), 3),
        }
        for each in found[:MOST_OTHERS]
    ]


def _left_out(pool: Pool, placed: Placed) -> list[dict[str, Any]]:
    """Who was left out and why; the presenter goes without saying."""
    presenter = int(pool.owner[placed.case])
    found = []
    for index, person in enumerate(pool.people):
        why = pool.why_left_out(placed.case, index)
        if why is not None and index != presenter:
            found.append({"employee": person.pk, "why": why.value})
    return found
