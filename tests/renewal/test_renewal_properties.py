"""What holds for every case, found out with generated ones."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from renewal import (
    DEFAULTS,
    ActionFact,
    Band,
    BeliefFact,
    CaseFacts,
    HeldBack,
    Role,
    Rule,
    Status,
    Thresholds,
    assess,
    find_hit,
    order_key,
    order_text,
)

from .conftest import TODAY

ALL_ON = Thresholds(enabled=tuple(rule.value for rule in Rule))
PAST = st.integers(0, 1600).map(lambda days: TODAY - timedelta(days=days))
NEAR = st.integers(-90, 700).map(lambda days: TODAY - timedelta(days=days))
REASONS = st.sampled_from(["Som sidst.", "Intet nyt siden sidst.", "Ringede selv i går.", ""])

BELIEFS = st.builds(
    BeliefFact,
    role=st.sampled_from(Role),
    value=st.integers(0, 10),
    registered_on=NEAR,
    employee=st.sampled_from([None, 1, 2]),
    because=REASONS,
    corrected=st.booleans(),
    in_sparring=st.booleans(),
)
ACTIONS = st.builds(
    ActionFact,
    company=st.booleans(),
    planned_for=st.none() | NEAR,
    started=st.none() | NEAR,
    ended=st.none() | PAST,
    agreed_on=st.none() | PAST,
    deadline=st.none() | NEAR,
    done=st.booleans(),
    parallel=st.booleans(),
)
CASES = st.builds(
    CaseFacts,
    code=st.from_regex(r"\A[A-ZÆØÅ]{1,4}-[0-9]{1,6}\Z"),
    status=st.sampled_from(Status),
    started=PAST,
    today=st.just(TODAY),
    owner=st.sampled_from([None, 1, 2]),
    owner_since=st.none() | PAST,
    owner_changed=st.booleans(),
    beliefs=st.lists(BELIEFS, max_size=8).map(tuple),
    actions=st.lists(ACTIONS, max_size=5).map(tuple),
    held=st.lists(NEAR, max_size=3).map(tuple),
    booked=st.lists(NEAR, max_size=2).map(tuple),
    outcome_known=st.booleans(),
    snoozed_until=st.none() | NEAR,
)


@given(CASES)
def test_the_score_is_the_capped_sum_and_every_hit_counts(facts):
    need = assess(facts, ALL_ON)

    assert need.score == min(100, sum(hit.points for hit in need.hits))
    assert 0 <= need.score <= 100
    assert all(hit.points > 0 for hit in need.hits + need.waiting)
    assert len({hit.code for hit in need.hits + need.waiting}) == len(need.hits + need.waiting)


@given(CASES)
def test_no_hit_holds_from_a_day_ahead(facts):
    need = assess(facts, ALL_ON)

    assert all(hit.since <= TODAY for hit in need.hits + need.waiting)


@given(CASES, st.sampled_from([Rule.NO_BELIEF, Rule.STALE, Rule.OVERDUE, Rule.CITIZEN_NOT_ASKED]))
def test_what_only_time_brings_holds_from_its_day_and_not_the_day_before(facts, rule):
    hit = find_hit(rule, facts, DEFAULTS)
    if hit is None:
        return

    assert find_hit(rule, replace(facts, today=hit.since), DEFAULTS) is not None
    assert find_hit(rule, replace(facts, today=hit.since - timedelta(days=1)), DEFAULTS) is None


@given(CASES, st.integers(0, 400))
def test_the_points_for_age_never_fall_as_a_bid_gets_older(facts, days):
    later = replace(facts, today=TODAY + timedelta(days=days), beliefs=facts.caseworker_beliefs)
    now = find_hit(Rule.STALE, replace(facts, beliefs=facts.caseworker_beliefs), DEFAULTS)
    then = find_hit(Rule.STALE, later, DEFAULTS)

    assert (now.points if now else 0) <= (then.points if then else 0) <= 25


@given(CASES)
def test_what_holds_back(facts):
    need = assess(facts)
    held = [day for day in facts.held if 0 <= (TODAY - day).days <= 30]
    booked = [day for day in facts.booked if day >= TODAY]

    if facts.status == Status.CLOSED:
        assert need.held_back is HeldBack.CLOSED
    elif facts.status == Status.PAUSED:
        assert need.held_back is HeldBack.PAUSED
    elif facts.snoozed_until is not None and facts.snoozed_until > TODAY:
        assert need.held_back is HeldBack.SNOOZED
    elif held or booked:
        spoken = {hit.code for hit in need.hits}
        assert need.held_back in ({None} if spoken and spoken <= {"R2", "R10"} else _BY_SESSION)
    else:
        assert need.held_back is None
        assert need.waiting == ()
    assert need.due is (need.held_back is None and need.band is not Band.NONE)


_BY_SESSION = {HeldBack.BOOKED, HeldBack.RECENT}


@given(CASES, st.integers(1, 60))
def test_a_snooze_moves_nothing_but_the_day(facts, days):
    active = replace(facts, status=Status.ACTIVE, held=(), booked=(), snoozed_until=None)
    snoozed = replace(active, snoozed_until=TODAY + timedelta(days=days))

    assert assess(snoozed).held_back is HeldBack.SNOOZED
    assert replace(assess(snoozed), held_back=None) == assess(active)
    assert not assess(snoozed).due


@given(CASES)
def test_the_verdict_is_the_same_each_time(facts):
    assert assess(facts, ALL_ON) == assess(replace(facts), ALL_ON)


@given(CASES, st.integers(3, 10**9))
def test_who_the_employees_are_does_not_matter(facts, new_id):
    names = {None: None, 1: new_id, 2: -new_id}
    beliefs = tuple(replace(belief, employee=names[belief.employee]) for belief in facts.beliefs)
    other = replace(facts, owner=names[facts.owner], beliefs=beliefs)

    assert assess(other, ALL_ON) == assess(facts, ALL_ON)


@given(CASES, st.from_regex(r"\A[A-ZÆØÅ]{1,4}-[0-9]{1,6}\Z"))
def test_the_code_does_not_matter_to_the_verdict(facts, code):
    assert assess(replace(facts, code=code), ALL_ON) == assess(facts, ALL_ON)


@given(CASES)
def test_what_lies_ahead_or_was_corrected_does_not_matter(facts):
    beliefs = tuple(
        belief for belief in facts.beliefs if belief.registered_on <= TODAY and not belief.corrected
    )
    held = tuple(day for day in facts.held if day <= TODAY)

    assert assess(replace(facts, beliefs=beliefs, held=held)) == assess(facts)


@given(st.lists(CASES, max_size=12, unique_by=lambda facts: facts.code), st.randoms())
def test_the_order_is_total_and_does_not_depend_on_the_order_given(cases, chance):
    mixed = list(cases)
    chance.shuffle(mixed)

    def sort(given):
        return [row.code for row in sorted(given, key=lambda one: order_key(assess(one), one))]

    keys = {order_key(assess(facts), facts) for facts in cases}
    assert sort(mixed) == sort(cases)
    assert len(keys) == len(cases)


@given(CASES, CASES)
def test_the_order_as_text_is_the_same_order(one, other):
    first, second = (order_key(assess(facts), facts) for facts in (one, other))

    assert (first < second) == (order_text(first) < order_text(second))


@given(CASES)
def test_a_more_urgent_band_always_comes_first(facts):
    need = assess(facts)
    calmer = [band for band in Band if band.rank > need.band.rank]

    assert all(
        order_key(need, facts) < order_key(replace(need, band=band, score=100), facts)
        for band in calmer
    )
