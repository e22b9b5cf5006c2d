"""Why not this colleague: what the whole would lose, from the prices alone."""

import numpy as np
from hypothesis import given, settings

from sparring.matching.explain import WhyNot, why_not
from sparring.matching.problem import SCALE
from sparring.matching.solve import solve

from .problems import best_assignment, gains, problems, small

LOW = {(2, 2): 0.5}
"""A third case that fits nobody well: the floor for all is 0.5."""


def test_a_popular_colleague_is_worth_more_elsewhere():
    pairs = {(0, 0): 0.9, (0, 1): 0.85, (1, 0): 0.9, (1, 1): 0.82} | LOW
    problem = small(pairs, capacity=[1, 2, 1])
    plan = solve(problem)

    answer = why_not(problem, plan.match.certificate, plan.timetable.pairs[0], colleague=0)

    assert answer == WhyNot(
        colleague=0,
        instead_of=1,
        fits_worse=-0.05,
        worth_elsewhere=0.08,
        whole_loses=0.03,
        leaves_someone_out=False,
        under_floor=False,
        full=False,
    )


def test_a_colleague_whom_another_case_cannot_do_without():
    problem = small({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.6} | LOW, capacity=[1, 2, 1])
    plan = solve(problem)

    answer = why_not(problem, plan.match.certificate, plan.timetable.pairs[0], colleague=0)

    assert answer.leaves_someone_out


def test_no_answer_where_a_hard_rule_speaks():
    problem = small({(0, 1): 0.8, (0, 0): 0.9}, capacity=[1, 1, 1], owner=[0])
    plan = solve(problem)

    assert why_not(problem, plan.match.certificate, plan.timetable.pairs[0], 0) is None
    assert why_not(problem, plan.match.certificate, plan.timetable.pairs[0], 2) is None
    assert why_not(problem, plan.match.certificate, plan.timetable.pairs[0], 1) is None


@given(problems(most_need=1, busy=False, slots=30))
@settings(max_examples=150, deadline=None)
def test_the_whole_loses_at_least_what_the_prices_say(problem):
    plan = solve(problem)
    if plan.unplaced or not problem.cases:
        return
    certificate, best = plan.match.certificate, plan.match.proof.value
    for case, pairs in enumerate(plan.timetable.pairs):
        for colleague in range(problem.colleagues):
            answer = why_not(problem, certificate, pairs, colleague)
            if answer is None or answer.under_floor or answer.full:
                continue
            assert answer.whole_loses >= 0
            forced = _forced(problem, certificate.floor, case, colleague)
            if forced is not None:
                assert best - forced >= round(answer.whole_loses * SCALE)


def _forced(problem, floor, case, colleague):
    """The optimum that gives the case this colleague, or None if then not all can be served."""
    kept = (problem.pair_case != case) | (problem.pair_colleague == colleague)
    values = np.where(kept & (problem.affinity >= floor), problem.gain, -(10**12))
    served, value = best_assignment(
        problem, gains(problem, values), problem.capacity, problem.load_weight
    )
    return value if served == problem.cases else None
