"""Bands, caps, what holds a case back, and the order."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from renewal import (
    DEFAULTS,
    ActionFact,
    Band,
    BeliefFact,
    CaseFacts,
    HeldBack,
    Hit,
    Need,
    Rule,
    Thresholds,
    assess,
    assess_many,
    order_key,
    order_text,
    quarter_of,
    shuffle_key,
)
from renewal.assess import find_band


def hits(*pairs):
    return [Hit(Rule(code), date(2026, 1, 1), points) for code, points in pairs]


def codes(hits):
    return [hit.code for hit in hits]


def late(make, days):
    return ActionFact(agreed_on=make.ago(days=200), deadline=make.ago(days=days))


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (0, "none"),
        (9, "none"),
        (10, "ordinary"),
        (29, "ordinary"),
        (30, "high"),
        (49, "high"),
        (50, "urgent"),
        (100, "urgent"),
    ],
)
def test_band_by_score(score, band):
    assert find_band((), score) == band


def test_fall_with_a_new_face_is_urgent_and_neither_alone_is():
    assert find_band(hits(("R2", 20), ("R6", 15)), 35) is Band.URGENT
    assert find_band(hits(("R2", 20), ("R1", 15)), 35) is Band.HIGH
    assert find_band(hits(("R6", 15), ("R1", 15)), 30) is Band.HIGH


def everything_at_once(make):
    """As many rules as can hit together: 112 points before the cap."""
    reason = {"because": "Som sidst.", "employee": make.predecessor}
    return make.case(
        started=make.ago(months=60),
        owner_changed=True,
        owner_since=make.ago(days=90),
        beliefs=(
            make.belief(6, months=30, employee=make.predecessor),
            make.belief(2, months=20, **reason),
            make.belief(2, months=12, **reason),
            make.belief(2, days=170, **reason),
            make.citizen(9, days=170),
        ),
        actions=(late(make, 20),),
    )


def test_the_score_is_capped(make):
    strict = Thresholds(r1_points=25, r5_points=50)
    facts = everything_at_once(make)

    need = assess(facts, strict)

    assert codes(need.hits) == ["R1", "R3", "R5", "R6", "R7", "R8", "R10"]
    assert sum(hit.points for hit in need.hits) == 25 + 25 + 50 + 15 + 10 + 15 + 15
    assert need.score == 100


def test_hits_stand_in_the_order_of_the_rules(make):
    found = assess(everything_at_once(make)).hits

    assert codes(found) == sorted(codes(found), key=lambda code: code.number)


def test_a_closed_case_has_no_hits(make):
    need = assess(replace(everything_at_once(make), status="closed"))

    assert need == Need((), 0, Band.NONE, HeldBack.CLOSED)
    assert not need.due


def test_a_paused_case_tells_what_it_would_be_and_is_not_due(make):
    facts = everything_at_once(make)

    need = assess(replace(facts, status="paused"))

    assert need.held_back is HeldBack.PAUSED
    assert need.score == assess(facts).score
    assert not need.due


@pytest.mark.parametrize(("days", "held"), [(1, HeldBack.SNOOZED), (0, None), (-5, None)])
def test_a_snooze_ends_on_its_day(make, days, held):
    facts = make.calm(beliefs=(make.belief(5, days=100),))

    need = assess(replace(facts, snoozed_until=make.today + timedelta(days=days)))

    assert need.held_back is held
    assert need.due is (held is None)


def test_a_snooze_holds_even_an_overdue_agreement(make):
    facts = make.calm(actions=(late(make, 40),), snoozed_until=make.today + timedelta(days=9))

    assert assess(facts).held_back is HeldBack.SNOOZED


@pytest.mark.parametrize(("days", "held"), [(0, "booked"), (20, "booked"), (-1, None)])
def test_a_booked_session_holds_back(make, days, held):
    facts = make.calm(
        beliefs=(make.belief(5, days=100),), booked=(make.today + timedelta(days=days),)
    )

    assert assess(facts).held_back == held


@pytest.mark.parametrize(("days", "held"), [(0, "recent"), (30, "recent"), (31, None), (-2, None)])
def test_a_session_in_the_last_30_days_holds_back(make, days, held):
    facts = make.calm(beliefs=(make.belief(5, days=100),), held=(make.ago(days=days),))

    assert assess(facts).held_back == held


def test_an_overdue_agreement_counts_although_a_session_is_booked(make):
    facts = replace(
        make.calm(beliefs=(make.belief(5, days=100), make.citizen(5))),
        actions=(make.started(months=1, company=True), late(make, 40)),
        booked=(make.today,),
    )

    need = assess(facts)

    assert need.held_back is None
    assert codes(need.hits) == ["R10"]
    assert codes(need.waiting) == ["R1"]
    assert (need.score, need.band) == (15, Band.URGENT)


def test_a_fall_after_a_recent_session_counts(make):
    facts = make.calm(
        beliefs=(make.belief(8, days=200), make.belief(4, days=2), make.citizen(8, days=2)),
        held=(make.ago(days=10),),
    )

    need = assess(facts)

    assert need.held_back is None
    assert codes(need.hits) == ["R2"]
    assert codes(need.waiting) == ["R3"]


def test_order_is_band_then_score_then_oldest_bid(make):
    urgent = make.calm(code="A-1", actions=(make.started(company=True), late(make, 33)))
    high = make.calm(code="A-2", beliefs=(make.belief(2, days=9), make.citizen(7, days=9)))
    older = make.calm(code="A-3", beliefs=(make.belief(5, days=119), make.citizen(5)))
    newer = make.calm(code="A-4", beliefs=(make.belief(5, days=118), make.citizen(5)))

    found = sorted([newer, high, urgent, older], key=lambda facts: order_key(assess(facts), facts))

    assert [facts.code for facts in found] == ["A-1", "A-2", "A-3", "A-4"]


def test_a_case_without_a_bid_comes_before_every_bid(make):
    need = Need((), 20, Band.ORDINARY, None)

    assert order_key(need, make.case()) < order_key(need, make.calm())


def test_ties_are_shuffled_anew_each_quarter_and_stay_put_within_it(make):
    tied = [make.calm(code=f"FJ-{number:04d}") for number in range(40)]

    def order(quarter):
        return [
            facts.code
            for facts in sorted(tied, key=lambda row: order_key(assess(row), row, quarter))
        ]

    assert order("2026Q4") == order("2026Q4")
    assert order("2026Q4") != order("2027Q1")
    assert order("2026Q4") != sorted(order("2026Q4"))


def test_the_shuffle_is_pinned():
    """A change here would reshuffle every list in the middle of a quarter."""
    assert shuffle_key("FJ-0217", "2026Q4").startswith("34ccff95ecf0580b")


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 1, 1), "2026Q1"),
        (date(2026, 3, 31), "2026Q1"),
        (date(2026, 4, 1), "2026Q2"),
        (date(2026, 11, 26), "2026Q4"),
    ],
)
def test_quarter(day, quarter):
    assert quarter_of(day) == quarter


def test_order_text_is_short_and_plain(make):
    facts = make.calm(beliefs=(make.belief(5, days=100), make.citizen(5)))
    text = order_text(order_key(assess(facts), facts))

    assert text[:11] == f"2090{make.ago(days=100).toordinal():07d}"
    assert len(text) == 75 + len("FJ-0217")


def test_many_are_assessed_like_one(make):
    cases = [make.calm(), everything_at_once(make), make.case(started=make.ago(months=8))]

    assert assess_many(cases) == [assess(facts) for facts in cases]
    assert assess_many([]) == []


def test_the_rules_are_given_nothing_they_must_not_look_at():
    """Domain B3 "Never in the rule": a new field here is a decision, not an accident."""
    assert {name.name for name in fields(CaseFacts)} == {
        "code",
        "status",
        "started",
        "today",
        "owner",
        "owner_since",
        "owner_changed",
        "beliefs",
        "actions",
        "held",
        "booked",
        "outcome_known",
        "snoozed_until",
    }
    assert {name.name for name in fields(BeliefFact)} == {
        "role",
        "value",
        "registered_on",
        "employee",
        "because",
        "corrected",
        "in_sparring",
    }
    assert {name.name for name in fields(ActionFact)} == {
        "company",
        "planned_for",
        "started",
        "ended",
        "agreed_on",
        "deadline",
        "done",
        "parallel",
    }


def test_a_hit_goes_to_json_and_back(make):
    for hit in assess(everything_at_once(make), DEFAULTS).hits:
        assert Hit.from_json(hit.to_json()) == hit
