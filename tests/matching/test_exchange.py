"""What another colleague would cost the whole: exactly what solving it anew would say."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from matching.problem import SCALE
from matching.solve import solve
from sparring.colleagues.exchange import Exchanges

from .problems import NEVER, best_assignment, gains, problems, small

FITS = {(0, 0): 0.9, (0, 1): 0.85, (1, 0): 0.9, (1, 1): 0.82}
LOW = {(2, 2): 0.5}
"""A third case that fits nobody well: what everybody is guaranteed is 0.5."""


def test_a_popular_colleague_is_worth_more_elsewhere():
    problem = small(FITS | LOW, capacity=[1, 1, 1])

    assert _loses(problem, case=0, colleague=0) == 0.03


def test_a_seat_that_is_spare_costs_only_the_worse_fit():
    problem = small(FITS | LOW, capacity=[2, 1, 1])

    assert _loses(problem, case=0, colleague=1) == 0.05


def test_no_price_where_another_case_would_lack_a_colleague():
    problem = small({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.6}, capacity=[1, 1])

    assert _loses(problem, case=0, colleague=0) is None


@given(problems(most_need=1, busy=False, slots=30))
@settings(max_examples=150, deadline=None)
def test_it_is_what_the_optimum_with_that_pair_is_worth_less(problem):
    plan = solve(problem)
    if plan.unplaced or not problem.cases:
        return
    proof, best = plan.match.certificate, plan.match.proof.value
    exchanges = Exchanges(problem, proof, plan.match.chosen)
    for case, held in enumerate(plan.timetable.pairs):
        row = problem.row(case)
        for other in set(range(row.start, row.stop)) - set(held):
            forced = _forced(problem, proof, case, other)
            loses = exchanges.loses(held, other)
            assert (loses is None) == (forced is None)
            if loses is not None:
                # What fits worse than everybody was promised may even out the load.
                assert round(loses * SCALE) == max(best - forced, 0)


def _loses(problem, case, colleague):
    plan = solve(problem)
    exchanges = Exchanges(problem, plan.match.certificate, plan.match.chosen)
    row = problem.row(case)
    other = next(p for p in range(row.start, row.stop) if problem.pair_colleague[p] == colleague)
    loses = exchanges.loses(plan.timetable.pairs[case], other)
    return None if loses is None else round(loses, 6)


def _forced(problem, proof, case, pair):
    """The worth of the best match with that pair; None if it leaves a case without a colleague."""
    this = np.arange(len(problem.affinity)) == pair
    open_to_all = (problem.pair_case != case) & (problem.affinity >= proof.floor)
    values = np.where(this | open_to_all, problem.gain, NEVER)
    served, value = best_assignment(
        problem, gains(problem, values), proof.capacity, proof.load_weight
    )
    return value if served == problem.cases else None
