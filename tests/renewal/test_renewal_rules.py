"""Each rule on both sides of each of its limits."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from renewal import DEFAULTS, Rule, Thresholds, assess, find_hit, find_hits
from renewal.facts import ActionFact, BeliefFact, CaseFacts


def hit(code, facts, thresholds=DEFAULTS):
    return find_hit(Rule(code), facts, thresholds)


def points(code, facts, thresholds=DEFAULTS):
    found = hit(code, facts, thresholds)
    return None if found is None else found.points


def test_the_calm_case_is_calm(make):
    assert find_hits(make.calm(), replace(DEFAULTS, enabled=tuple(Rule))) == ()


@pytest.mark.parametrize(("days", "expected"), [(30, None), (31, 20)])
def test_r0_no_belief(make, days, expected):
    assert points("R0", make.case(started=make.ago(days=days))) == expected


def test_r0_only_for_active_cases_without_a_caseworker_bid(make):
    old = make.case(started=make.ago(days=90))

    assert hit("R0", old).since == make.ago(days=90) + timedelta(days=31)
    assert points("R0", replace(old, status="paused")) is None
    assert points("R0", replace(old, beliefs=(make.belief(5),))) is None
    assert points("R0", replace(old, beliefs=(make.citizen(5),))) == 20


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (90, None),
        (91, 10),
        (119, 10),
        (120, 13),
        (149, 13),
        (150, 16),
        (239, 22),
        (240, 25),
        (270, 25),
        (2000, 25),
    ],
)
def test_r1_age(make, days, expected):
    assert points("R1", make.case(beliefs=(make.belief(5, days=days),))) == expected


def test_r1_tells_the_age_and_looks_at_the_newest_bid_only(make):
    facts = make.case(beliefs=(make.belief(5, days=400), make.belief(6, days=100)))

    assert hit("R1", facts).params["days"] == 100
    assert hit("R1", facts).since == make.ago(days=9)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [(5, 5, None), (5, 4, None), (5, 3, 20), (6, 3, 20), (7, 3, 25), (9, 1, 25), (3, 7, None)],
)
def test_r2_fall(make, before, now, expected):
    facts = make.case(beliefs=(make.belief(before, days=60), make.belief(now, days=20)))

    assert points("R2", facts) == expected


@pytest.mark.parametrize(("days", "expected"), [(180, 20), (181, None)])
def test_r2_only_while_the_fall_is_at_most_180_days_old(make, days, expected):
    facts = make.case(beliefs=(make.belief(6, days=400), make.belief(3, days=days)))

    assert points("R2", facts) == expected


@pytest.mark.parametrize(("held", "expected"), [(21, 20), (20, None), (5, None)])
def test_r2_is_silent_after_a_sparring_since(make, held, expected):
    facts = make.case(
        beliefs=(make.belief(6, days=60), make.belief(3, days=20)), held=(make.ago(days=held),)
    )

    assert points("R2", facts) == expected


def test_r2_is_silent_when_a_session_ended_lower(make):
    fell = make.belief(3, days=20, in_sparring=True)

    assert points("R2", make.case(beliefs=(make.belief(6, days=60), fell))) is None


def test_r2_does_not_take_a_correction_for_a_fall(make):
    slip = make.belief(8, days=20, corrected=True)

    assert points("R2", make.case(beliefs=(slip, make.belief(3, days=20)))) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (5, 3, None),
        (5, 2, 15),
        (6, 2, 15),
        (7, 2, 20),
        (5, 7, None),
        (5, 8, 20),
        (5, 9, 20),
        (4, 9, 25),
        (0, 10, 25),
    ],
)
def test_r3_disagreement(make, ours, theirs, expected):
    facts = make.case(beliefs=(make.belief(ours, days=9), make.citizen(theirs, days=9)))

    assert points("R3", facts) == expected


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [(180, 0, 20), (181, 0, None), (0, 180, 20), (0, 181, None), (180, 180, 20)],
)
def test_r3_both_must_be_at_most_180_days_old(make, ours, theirs, expected):
    facts = make.case(beliefs=(make.belief(4, days=ours), make.citizen(8, days=theirs)))

    assert points("R3", facts) == expected


@pytest.mark.parametrize(("value", "expected"), [(5, None), (6, 25), (10, 25)])
def test_r4_needs_a_belief_of_six(make, value, expected):
    facts = make.calm(beliefs=(make.belief(value, days=9),), actions=())

    assert points("R4", facts) == expected


@pytest.mark.parametrize(
    ("months", "days", "expected"),
    [(6, -1, None), (6, 0, 20), (12, -1, 20), (12, 0, 25), (30, 0, 25)],
)
def test_r4_counts_calendar_months_since_the_last_start(make, months, days, expected):
    ended = make.started(months=months, days=days, ended=make.ago(days=3))
    facts = make.calm(started=make.ago(months=40), beliefs=(make.belief(8),), actions=(ended,))

    assert points("R4", facts) == expected


def test_r4_counts_from_the_start_of_the_case_when_nothing_ever_started(make):
    facts = make.case(started=make.ago(months=6), beliefs=(make.belief(8),))

    assert hit("R4", facts).params == {"date": "2026-05-26"}
    assert hit("R4", replace(facts, started=facts.started + timedelta(days=1))) is None


def test_r4_at_the_end_of_a_month(make):
    facts = make.case(started=date(2026, 8, 31), today=date(2027, 2, 27), beliefs=())
    belief = BeliefFact("caseworker", 8, date(2027, 2, 1))
    facts = replace(facts, beliefs=(belief,))

    assert hit("R4", facts) is None
    assert points("R4", replace(facts, today=date(2027, 2, 28))) == 20


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ({"started": 900}, None),
        ({"started": 900, "ended": 1}, 25),
        ({"started": 900, "done": True}, 25),
        ({"planned_for": 0}, None),
        ({"planned_for": -30}, None),
        ({"planned_for": 1}, 25),
        ({"planned_for": -30, "ended": 1}, 25),
        ({"deadline": -3}, None),
        ({"started": -3}, None),
        ({}, 25),
    ],
)
def test_r4_what_counts_as_running_or_planned(make, action, expected):
    """Numbers are days ago, negative ones lie ahead. A plan whose day went by is no plan."""
    dates = {key: value if value is True else make.ago(value) for key, value in action.items()}
    facts = make.calm(beliefs=(make.belief(8),), actions=(ActionFact(**dates),))

    assert points("R4", facts) == expected


@pytest.mark.parametrize(("days", "expected"), [(-1, 12), (0, 12), (1, None)])
def test_r5_from_the_day_the_case_is_six_months_old(make, days, expected):
    facts = make.case(started=make.ago(months=6) + timedelta(days=days))

    assert points("R5", facts) == expected


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ({"company": True, "started": 800, "ended": 790}, None),
        ({"company": True, "planned_for": -9}, None),
        ({"company": True, "planned_for": 9}, 12),
        ({"company": True, "planned_for": -9, "ended": 1}, 12),
        ({"company": False, "started": 9}, 12),
    ],
)
def test_r5_looks_for_any_company_action_ever_or_ahead(make, action, expected):
    dates = {key: make.ago(value) for key, value in action.items() if key != "company"}
    facts = make.calm(actions=(ActionFact(company=action["company"], **dates),))

    assert points("R5", facts) == expected


@pytest.mark.parametrize(("days", "expected"), [(30, None), (31, 15)])
def test_r6_new_face(make, days, expected):
    facts = make.calm(
        owner_changed=True,
        owner_since=make.ago(days=days),
        beliefs=(make.belief(5, days=60, employee=make.predecessor),),
    )

    assert points("R6", facts) == expected


@pytest.mark.parametrize(
    ("registered", "author", "expected"),
    [(60, 3, 15), (20, 7, None), (20, None, None), (60, None, 15), (20, 3, 15), (60, 7, None)],
)
def test_r6_whose_bid_it_is(make, registered, author, expected):
    facts = make.calm(
        owner_changed=True,
        owner_since=make.ago(days=40),
        beliefs=(make.belief(5, days=registered, employee=author),),
    )

    assert points("R6", facts) == expected


def test_r6_a_returning_owner_whose_old_bid_was_replaced_is_new_again(make):
    facts = make.calm(
        owner_changed=True,
        owner_since=make.ago(days=40),
        beliefs=(make.belief(5, days=300), make.belief(4, days=90, employee=make.predecessor)),
    )

    assert points("R6", facts) == 15


def test_r6_holds_from_the_day_after_the_thirty(make):
    facts = make.calm(
        owner_changed=True,
        owner_since=make.ago(days=40),
        beliefs=(make.belief(5, days=60, employee=make.predecessor),),
    )

    assert hit("R6", facts).since == make.ago(days=9)


def test_r6_needs_a_change_and_a_bid(make):
    theirs = (make.belief(5, days=60, employee=make.predecessor),)
    facts = make.calm(owner_changed=True, owner_since=make.ago(days=40), beliefs=theirs)

    assert points("R6", replace(facts, owner_changed=False)) is None
    assert points("R6", replace(facts, beliefs=())) is None


@pytest.mark.parametrize(("months", "days", "expected"), [(9, -1, None), (9, 0, 10)])
def test_r7_copied_over_nine_months(make, months, days, expected):
    same = {"because": "Alt er som før."}
    facts = make.calm(
        beliefs=(
            make.belief(5, months=months, days=days, **same),
            make.belief(5, months=5, **same),
            make.belief(5, days=10, **same),
        )
    )

    assert points("R7", facts) == expected


def test_r7_needs_three_and_counts_them_all(make):
    row = tuple(make.belief(5, months=at, because="Alt er som før.") for at in (12, 8, 4, 1))

    assert hit("R7", make.calm(beliefs=row)).params == {"times": 4}
    assert points("R7", make.calm(beliefs=(row[0], row[3]))) is None


@pytest.mark.parametrize(
    "broken",
    [
        {"value": 6},
        {"because": "Har været tre timer i planteskolen og vil gerne tilbage."},
        {"because": ""},
    ],
)
def test_r7_another_value_or_reason_breaks_the_row(make, broken):
    row = [make.belief(5, months=at, because="Alt er som før.") for at in (12, 8, 4, 1)]
    row[2] = replace(row[2], **broken)

    assert points("R7", make.calm(beliefs=tuple(row))) is None


@pytest.mark.parametrize(("value", "expected"), [(0, 15), (2, 15), (3, None)])
def test_r8_low(make, value, expected):
    assert points("R8", make.calm(beliefs=(make.belief(value, days=9),))) == expected


@pytest.mark.parametrize(("months", "days", "expected"), [(12, -1, None), (12, 0, 15)])
def test_r8_alone_for_twelve_months(make, months, days, expected):
    facts = make.calm(beliefs=(make.belief(1, days=9),), held=(make.ago(days, months),))

    assert points("R8", facts) == expected


@pytest.mark.parametrize(("months", "days", "expected"), [(12, -1, None), (12, 0, 12), (14, 0, 12)])
def test_r9_unfulfilled_for_twelve_months(make, months, days, expected):
    facts = make.calm(beliefs=(make.belief(7, months=months, days=days), make.belief(8, days=100)))

    assert points("R9", facts) == expected


def test_r9_tells_the_months_of_the_unbroken_row(make):
    row = (make.belief(6, months=30), make.belief(7, months=14, days=5), make.belief(9, months=3))

    assert hit("R9", make.calm(beliefs=row)).params == {"months": 14}


def test_r9_a_dip_an_outcome_or_another_person_ends_it(make):
    first, newest = make.belief(8, months=14), make.belief(8, months=2)
    other = replace(first, employee=make.predecessor)

    assert points("R9", make.calm(beliefs=(first, newest))) == 12
    assert points("R9", make.calm(beliefs=(first, newest), outcome_known=True)) is None
    assert points("R9", make.calm(beliefs=(first, make.belief(6, months=5), newest))) is None
    assert points("R9", make.calm(beliefs=(other, newest))) is None
    assert points("R9", make.calm(beliefs=(replace(first, employee=None), newest))) == 12


@pytest.mark.parametrize(("days", "expected"), [(0, None), (1, 15), (400, 15)])
def test_r10_past_its_deadline(make, days, expected):
    late = ActionFact(agreed_on=make.ago(days=500), deadline=make.ago(days=days))

    assert points("R10", make.calm(actions=(late,))) == expected


def test_r10_the_longest_overdue_speaks_and_what_is_over_is_silent(make):
    late = ActionFact(agreed_on=make.ago(days=50), deadline=make.ago(days=5))
    later = ActionFact(agreed_on=make.ago(days=90), deadline=make.ago(days=30))
    done = ActionFact(agreed_on=make.ago(days=90), deadline=make.ago(days=60), done=True)
    ended = ActionFact(deadline=make.ago(days=60), ended=make.ago(days=1))

    assert hit("R10", make.calm(actions=(late, later, done, ended))).params == {
        "days": 30,
        "deadline": "2026-10-27",
        "agreed_on": "2026-08-28",
    }
    assert hit("R10", make.calm(actions=(done, ended))) is None


@pytest.mark.parametrize(("days", "band"), [(30, "ordinary"), (31, "urgent")])
def test_r10_makes_the_case_urgent_after_30_days(make, days, band):
    late = ActionFact(agreed_on=make.ago(days=60), deadline=make.ago(days=days))
    actions = (make.started(months=1, company=True), late)

    assert assess(make.calm(actions=actions)).band == band


@pytest.mark.parametrize(("months", "days", "expected"), [(6, -1, None), (6, 0, 8)])
def test_r11_the_citizen_not_asked(make, months, days, expected):
    asked = make.calm(beliefs=(make.citizen(5, months=months, days=days),))
    never = make.case(started=make.ago(months=months, days=days))

    assert points("R11", asked) == expected
    assert points("R11", never) == expected


def staircase(make, *actions):
    return points("R12", make.calm(actions=tuple(ActionFact(**action) for action in actions)))


def test_r12_staircase(make):
    course = {"started": make.ago(days=10), "deadline": make.ago(days=-20)}
    later = {"planned_for": make.ago(days=-30)}
    company = {"planned_for": make.ago(days=-60), "company": True}

    assert staircase(make, course, company) == 8
    assert staircase(make, course, later, company) == 8
    assert staircase(make, company) is None
    assert staircase(make, course, later) is None
    assert staircase(make, course, {**company, "parallel": True}) is None
    assert staircase(make, course, {**company, "planned_for": make.ago(days=-10)}) is None
    assert staircase(make, {**company, "planned_for": make.today}, later) is None
    assert staircase(make, {**course, "ended": make.today}, company) is None
    assert staircase(make, course, {**company, "planned_for": None, "started": make.today}) is None
    assert staircase(make, later, {**company, "planned_for": make.ago(days=-30)}) is None


def test_r12_one_workplace_before_the_last_or_two_steps_at_once_are_no_staircase(make):
    first = {"planned_for": make.ago(days=-10)}
    company = {"planned_for": make.ago(days=-60), "company": True}
    between = {"planned_for": make.ago(days=-30)}
    long = {"started": make.ago(days=10), "deadline": make.ago(days=-20)}

    assert staircase(make, first, between, company) == 8
    assert staircase(make, first, {**between, "company": True}, company) is None
    assert staircase(make, {**first, "company": True}, between, company) is None
    assert staircase(make, long, first, company) is None


def test_r12_is_off_by_default(make):
    steps = (
        ActionFact(planned_for=make.ago(days=-9)),
        ActionFact(planned_for=make.ago(days=-60), company=True),
    )
    facts = make.calm(actions=steps)

    assert assess(facts).hits == ()
    assert [hit.code for hit in assess(facts, Thresholds(enabled=tuple(Rule))).hits] == ["R12"]


def test_a_rule_that_is_turned_off_is_silent(make):
    facts = make.calm(beliefs=(make.belief(5, days=100), make.citizen(5)))

    assert [hit.code for hit in assess(facts).hits] == ["R1"]
    assert assess(facts, Thresholds(enabled=("R0",))).hits == ()


def test_rows_of_the_same_day_count_in_the_order_they_were_registered(make):
    facts = make.calm(
        beliefs=(make.belief(8, days=5), make.belief(4, days=5), make.belief(9, days=50))
    )

    assert [belief.value for belief in facts.caseworker_beliefs] == [4, 8, 9]


def test_facts_refuse_a_moment_for_a_date_and_a_bid_off_the_scale(make):
    from datetime import datetime

    with pytest.raises(TypeError):
        CaseFacts("FJ-1", "active", make.today, datetime(2026, 11, 26, 12))
    with pytest.raises(ValueError, match="0 to 10"):
        BeliefFact("caseworker", 11, make.today)


def test_r3_holds_from_the_later_of_the_two_bids(make):
    facts = make.case(beliefs=(make.belief(2, days=90), make.citizen(7, days=20)))

    assert hit("R3", facts).since == make.ago(days=20)


def test_r4_the_newest_start_counts_and_it_holds_from_when_belief_and_time_met(make):
    old = make.started(months=20, ended=make.ago(months=19))
    new = make.started(months=8, ended=make.ago(months=7))
    steady = (make.belief(8, months=10), make.belief(7, months=1))
    late = (make.belief(3, months=5), make.belief(8, months=1), make.belief(7, days=3))

    facts = make.calm(beliefs=steady, actions=(old, new))

    assert hit("R4", facts).params == {"date": make.ago(months=8).isoformat()}
    assert hit("R4", facts).since == make.ago(months=2)
    assert hit("R4", replace(facts, beliefs=late)).since == make.ago(months=1)


def test_what_begins_today_has_begun(make):
    begun = make.started(company=True)
    over = make.started(company=True, ended=make.today)

    assert points("R5", make.calm(actions=(begun,))) is None
    assert points("R5", make.calm(actions=(over,))) is None
    assert points("R4", make.calm(beliefs=(make.belief(8),), actions=(over,))) is None


def test_r6_a_bid_on_the_day_of_the_takeover_is_the_new_owners(make):
    taken = make.ago(days=40)
    facts = make.calm(owner_changed=True, owner_since=taken)
    own, theirs = make.belief(5, days=40), make.belief(4, days=2, employee=make.predecessor)

    assert points("R6", replace(facts, beliefs=(own, theirs))) is None
    assert points("R6", replace(facts, beliefs=(theirs,))) == 15


def test_r7_holds_from_the_day_time_and_number_met(make):
    def row(*months):
        return make.calm(
            beliefs=tuple(make.belief(5, months=at, because="Alt er som før.") for at in months)
        )

    assert hit("R7", row(14, 12, 10)).since == make.ago(months=5)
    assert hit("R7", row(14, 12, 2, 1)).since == make.ago(months=2)


def test_r8_holds_from_the_low_bid_or_a_year_after_the_session(make):
    low = (make.belief(5, months=9), make.belief(2, months=5), make.belief(1, months=1))
    facts = make.calm(beliefs=low)

    assert hit("R8", facts).since == make.ago(months=5)
    assert hit("R8", replace(facts, held=(make.ago(months=30),))).since == make.ago(months=5)
    assert hit("R8", replace(facts, held=(make.ago(months=14),))).since == make.ago(months=2)


@pytest.mark.parametrize(("value", "expected"), [(6, None), (7, 12)])
def test_r9_needs_a_belief_of_seven_still(make, value, expected):
    facts = make.calm(beliefs=(make.belief(8, months=14), make.belief(value, months=2)))

    assert points("R9", facts) == expected


def test_r12_holds_from_the_first_step_and_a_step_may_end_when_the_next_begins(make):
    course = ActionFact(started=make.ago(days=10), deadline=make.ago(days=-60))
    company = ActionFact(planned_for=make.ago(days=-60), company=True)
    ahead = ActionFact(planned_for=make.ago(days=-5))

    assert hit("R12", make.calm(actions=(course, company))).since == make.ago(days=10)
    assert hit("R12", make.calm(actions=(ahead, company))).since == make.today
