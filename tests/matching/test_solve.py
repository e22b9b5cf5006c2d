"""No hard rule is ever broken, and the match is the optimum: held against slower oracles."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings

from matching.certificate import verify_certificate
from matching.check import broken_rules
from matching.floor import highest_floor
from matching.flow import solve_flow
from matching.generate import SIZES, Size, full_week, generate
from matching.load import seats_of
from matching.problem import SCALE
from matching.report import plan_report
from matching.slots import Timetable
from matching.solve import best_match, solve

from .problems import NEVER, best_assignment, every_plan, gains, problems, small


@given(problems())
@settings(max_examples=300, deadline=None)
def test_no_plan_breaks_a_hard_rule(problem):
    plan = solve(problem)

    assert broken_rules(problem, plan.timetable) == []
    placed = {case for case, slot in enumerate(plan.timetable.slot) if slot >= 0}
    assert placed | set(plan.unplaced) == set(range(problem.cases))
    assert placed & set(plan.unplaced) == set()


@given(problems())
@settings(max_examples=200, deadline=None)
def test_every_match_is_proven_and_every_bound_holds(problem):
    plan = solve(problem)

    proof = verify_certificate(problem, plan.match.certificate, plan.match.chosen)
    assert proof.gap == 0.0
    assert plan.dual_gap == 0.0
    assert int(problem.affinity[plan.timetable.chosen()].sum()) <= plan.bound


@given(problems(most_need=1, busy=False, cases=9, slots=20))
@settings(max_examples=300, deadline=None)
def test_the_match_is_the_optimum_for_single_partners(problem):
    floor = highest_floor(problem, problem.capacity)

    match = best_match(problem, floor)

    allowed = np.where(problem.affinity >= floor.value, problem.gain, NEVER)
    served, value = best_assignment(
        problem, gains(problem, allowed), problem.capacity, problem.load_weight
    )
    assert (len(match.chosen), match.proof.value) == (served, value)


@given(problems(cases=3, colleagues=4, busy=False, slots=20))
@settings(max_examples=150, deadline=None)
def test_the_flow_is_the_optimum_for_several_partners(problem):
    floor = highest_floor(problem, problem.capacity)
    seats = seats_of(problem, problem.capacity, problem.load_weight)

    flow = solve_flow(
        problem,
        capacity=problem.capacity,
        floor=floor.value,
        weight=problem.load_weight,
        fillable=False,
    )

    best = max(
        (len(pairs), int(problem.gain[pairs].sum()) - seats.total(load))
        for pairs, load in every_plan(problem, problem.capacity)
        if (problem.affinity[pairs] >= floor.value).all()
    )
    load = np.bincount(problem.pair_colleague[flow.chosen], minlength=problem.colleagues)
    assert (len(flow.chosen), int(problem.gain[flow.chosen].sum()) - seats.total(load)) == best


@given(problems(cases=3, colleagues=4, busy=False))
@settings(max_examples=150, deadline=None)
def test_the_floor_is_the_exact_max_min(problem):
    floor = highest_floor(problem, problem.capacity)

    plans = [
        (len(pairs), int(problem.affinity[pairs].min(initial=SCALE)))
        for pairs, _ in every_plan(problem, problem.capacity)
    ]
    most = max(count for count, _ in plans)
    highest = max(worst for count, worst in plans if count == most) if most else 0
    assert (floor.seats, floor.value) == (most, highest)


def test_the_worst_off_case_counts_before_the_total():
    problem = small(
        {(0, 0): 1.0, (0, 1): 0.5, (1, 0): 0.6, (1, 1): 0.2}, capacity=[1, 1], load_weight=0.0
    )

    report = plan_report(solve(problem))

    assert [(a["case"], a["colleagues"]) for a in report["assignments"]] == [
        ("c0", ["p1"]),
        ("c1", ["p0"]),
    ]
    assert (report["worst"], report["max_min"]) == (0.5, 0.5)
    assert (report["affinity"], report["bound"]) == (1.1, 1.2)


def test_load_is_evened_out_where_it_costs_little():
    pairs = {(case, colleague): 0.8 for case in range(6) for colleague in range(3)}
    pairs |= {(case, 0): 0.81 for case in range(6)} | {(6, 3): 0.5}

    even = solve(small(pairs, capacity=[6, 6, 6, 3], load_weight=0.8))
    uneven = solve(small(pairs, capacity=[6, 6, 6, 3], load_weight=0.0))

    assert plan_report(even)["load_sd"] == 0.0
    assert plan_report(uneven)["load_sd"] > 0.4


def test_an_agreed_pair_stays_for_two_hundredths_but_not_for_more():
    def chosen(better):
        pairs = {(0, 0): 0.5, (0, 1): better, (1, 2): 0.4}
        problem = small(pairs, capacity=[1, 1, 1], agreed=[(0, 0)])
        return plan_report(solve(problem))["assignments"][0]["colleagues"]

    assert chosen(0.519) == ["p0"]
    assert chosen(0.521) == ["p1"]


def test_nobody_is_the_partner_of_an_own_case():
    plan = solve(small({(0, 0): 1.0, (0, 1): 0.1}, capacity=[5, 5], owner=[0]))

    assert plan_report(plan)["assignments"][0]["colleagues"] == ["p1"]


def test_two_partners_or_none():
    problem = small(
        {(0, 0): 0.9, (0, 1): 0.9, (1, 0): 0.8, (1, 1): 0.8}, capacity=[2, 1], need=[2, 2]
    )

    plan = solve(problem)

    assert [len(pairs) for pairs, slot in zip(*_timetable(plan), strict=True) if slot >= 0] == [2]
    assert len(plan.unplaced) == 1


def _timetable(plan):
    return plan.timetable.pairs, plan.timetable.slot


def test_seats_freed_by_a_case_given_up_serve_others():
    """Both group sessions lack a partner; one of them given up lets the other take place."""
    problem = small(
        {(0, 0): 0.9, (0, 1): 0.9, (1, 1): 0.9, (1, 2): 0.9},
        capacity=[1, 1, 1],
        need=[2, 2],
    )

    plan = solve(problem)

    assert problem.cases - len(plan.unplaced) == 1


def test_pairs_beyond_the_thirty_best_are_priced_in():
    """All cases like the same forty colleagues best, but these have no more than one seat."""
    pairs = {(i, j): 0.9 - j / 1000 - (i * j % 7) / 1e4 for i in range(120) for j in range(150)}
    problem = small(pairs, capacity=[1] * 150, slots=3)

    match = best_match(problem, highest_floor(problem, problem.capacity))

    served, _ = best_assignment(problem, gains(problem, problem.gain), problem.capacity, 0.0)
    floor = match.certificate.floor
    allowed = np.where(problem.affinity >= floor, problem.gain, NEVER)
    assert served == 120
    assert best_assignment(problem, gains(problem, allowed), problem.capacity, 0.0) == (
        120,
        match.proof.value,
    )


def test_the_same_problem_gives_the_same_plan():
    def answer():
        report = plan_report(solve(generate(SIZES["a"], seed=7)))
        del report["seconds"], report["peak_mb"]
        return report

    assert answer() == answer()


def test_a_generated_problem_reaches_the_goals():
    problem = generate(SIZES["a"], seed=3)

    plan = solve(problem)

    report = plan_report(plan)
    assert report["unplaced"] == []
    assert broken_rules(problem, plan.timetable) == []
    assert report["dual_gap"] == 0.0
    assert report["worst"] == report["max_min"]
    assert report["affinity"] >= 0.985 * report["bound"]
    assert report["load_sd"] <= 0.12
    allowed = np.where(problem.affinity >= 0, problem.affinity, NEVER)
    whole = best_assignment(problem, gains(problem, allowed), problem.capacity, 0.0)
    assert plan.bound == whole[1]


def test_centres_share_partners_across_their_borders():
    problem = generate(Size(40, 160, 4), seed=2)
    centre_of_case = np.arange(160) * 4 // 160
    centre_of_colleague = np.arange(40) * 4 // 40

    crosses = centre_of_case[problem.pair_case] != centre_of_colleague[problem.pair_colleague]

    assert 0.02 < crosses.mean() < 0.06
    assert plan_report(solve(problem))["unplaced"] == []


def test_a_week_that_is_nearly_full_still_holds_everybody():
    problem = full_week()

    plan = solve(problem)

    assert plan.unplaced == {}
    assert broken_rules(problem, plan.timetable) == []
    assert int(problem.affinity[plan.timetable.chosen()].sum()) >= 0.95 * plan.bound


def test_nothing_to_do():
    report = plan_report(solve(small({}, cases=0, capacity=[1])))

    assert (report["assignments"], report["unplaced"]) == ([], [])
    assert (report["worst"], report["max_min"], report["affinity"], report["bound"]) == (
        None,
        None,
        0.0,
        0.0,
    )


def test_slots_already_agreed_are_kept():
    problem = small({(0, 0): 0.9, (1, 0): 0.9}, capacity=[2], slots=5)

    plan = solve(problem, before=Timetable([(0,), (1,)], [3, 0]))

    assert plan.timetable.slot == [3, 0]


def test_a_session_that_stands_goes_before_one_with_a_new_partner():
    """Both were in slot 0; the case that comes to p0 anew must yield."""
    problem = small({(0, 0): 0.9, (1, 0): 0.9, (0, 1): 0.1}, capacity=[2, 1], slots=5)

    plan = solve(problem, before=Timetable([(1,), (2,)], [0, 0]))

    assert plan.timetable.slot == [1, 0]


def test_a_wrong_match_has_no_proof():
    problem = small({(0, 0): 0.9, (0, 1): 0.4}, capacity=[1, 1])
    match = best_match(problem, highest_floor(problem, problem.capacity))
    worse = replace(match.certificate, floor=0)

    proof = verify_certificate(problem, worse, np.array([1]))

    assert proof.value < proof.bound
    assert proof.gap > 0.5
