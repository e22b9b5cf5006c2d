from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone as clock

from insight import indicators, queries
from insight.active_cases import INDICATORS, active_cases, require_well_formed
from insight.active_indicator import ActiveIndicator, Nested, Row
from insight.indicators import join_labels
from insight.scopes import FigureScope, scope_for
from people.roles import Role
from sparring.enums import ByRole, CaseStatus, ClosedAs
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.factories.sparring import ActionFactory, BeliefFactory, CaseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return EmployeeFactory()


def _bid(owner, value, *, months_ago=15, closed_as="", closed_after_days=100, **case):
    """A case whose caseworker bid `value`; closed so many days after the bid, where closed."""
    at = clock.now() - timedelta(days=round(months_ago * 30.5))
    if closed_as:
        case |= {
            "status": CaseStatus.CLOSED,
            "closed_as": closed_as,
            "closed_on": clock.localdate(at) + timedelta(days=closed_after_days),
        }
    made = CaseFactory(owner=owner, **case)
    BeliefFactory(case=made, value=value, registered_at=at)
    return made


def _scope(owner):
    return FigureScope(owner.municipality_id, owner.municipality.name)


def _step(owner, value):
    counts = queries.outcome_by_belief(today=clock.localdate())
    return next(
        (c.yes, c.apart, c.beliefs)
        for c in counts
        if c.municipality_id == owner.municipality_id and c.value == value
    )


@pytest.mark.parametrize(
    ("closed_as", "after", "expected"),
    [
        ("", 0, (0, 0, 1)),
        (ClosedAs.JOB, 100, (1, 0, 1)),
        (ClosedAs.EDUCATION, 364, (1, 0, 1)),
        (ClosedAs.JOB, 380, (0, 0, 1)),
        (ClosedAs.FLEX_JOB, 100, (0, 0, 1)),
        (ClosedAs.MOVED, 100, (0, 1, 1)),
    ],
)
def test_a_bid_is_judged_within_twelve_months_of_its_own_day(owner, closed_as, after, expected):
    _bid(owner, 7, closed_as=closed_as, closed_after_days=after)

    assert _step(owner, 7) == expected


def test_a_paused_case_stands_apart(owner):
    _bid(
        owner, 3, status=CaseStatus.PAUSED, paused_reason="Afventer", paused_until=clock.localdate()
    )

    assert _step(owner, 3) == (0, 1, 1)


def test_bids_that_are_not_a_year_old_do_not_count(owner):
    _bid(owner, 5, months_ago=11)

    assert queries.outcome_by_belief(today=clock.localdate()) == []


def test_only_the_first_bid_of_a_quarter_counts_and_the_citizens_never_does(owner):
    case = CaseFactory(owner=owner)
    for day, value in ((3, 2), (20, 9)):
        at = datetime(clock.localdate().year - 2, 5, day, 12, tzinfo=UTC)
        BeliefFactory(case=case, value=value, registered_at=at)
        BeliefFactory(case=case, by_role=ByRole.CITIZEN, value=10, registered_at=at)

    counts = queries.outcome_by_belief(today=clock.localdate())

    assert [(c.value, c.beliefs) for c in counts] == [(2, 1)]


def test_a_bid_at_half_past_midnight_belongs_to_the_quarter_of_copenhagen(owner):
    """30 June 22.30 in UTC is already July here, across the summer time."""
    case = CaseFactory(owner=owner)
    year = clock.localdate().year - 2
    BeliefFactory(case=case, value=1, registered_at=datetime(year, 6, 30, 22, 30, tzinfo=UTC))
    BeliefFactory(case=case, value=8, registered_at=datetime(year, 7, 20, 12, tzinfo=UTC))

    counts = queries.outcome_by_belief(today=clock.localdate())

    assert [(c.value, c.beliefs) for c in counts] == [(1, 1)]


def test_small_groups_are_joined_until_they_can_be_shown(owner):
    for value, beliefs, jobs in ((1, 30, 1), (3, 30, 1), (5, 30, 6), (7, 30, 8), (9, 30, 10)):
        for n in range(beliefs):
            _bid(owner, value, closed_as=ClosedAs.JOB if n < jobs else "")

    figure = indicators.outcome_by_belief(_scope(owner), today=clock.localdate())

    assert [(g.label, g.n, g.yes, g.under) for g in figure.groups] == [
        ("0–6", 90, 8, None),
        ("7–8", 30, 8, None),
        ("9–10", 30, 10, None),
    ]
    assert figure.own_base_rate == pytest.approx(26 / 150)
    assert (round(figure.groups[1].low, 3), round(figure.groups[1].high, 3)) == (0.142, 0.444)


def test_a_hidden_count_says_at_most_how_large_its_share_is_and_there_is_no_total(owner):
    for n in range(60):
        _bid(owner, 1, closed_as=ClosedAs.JOB if n < 2 else "")

    figure = indicators.outcome_by_belief(_scope(owner), today=clock.localdate())

    assert [(g.label, g.n, g.yes, g.under) for g in figure.groups] == [("0–2", 60, None, 5)]
    assert figure.groups[0].share_below == pytest.approx(5 / 60)
    assert figure.own_base_rate is None


def _forty(person, jobs):
    for n in range(40):
        _bid(person, 5, closed_as=ClosedAs.JOB if n < jobs else "")


def _cells(scope):
    figure = indicators.outcome_by_belief(scope, today=clock.localdate())
    return [(g.label, g.n, g.yes, g.under) for g in figure.groups]


def test_where_one_municipality_hides_a_row_the_next_smallest_hides_it_too(owner):
    """40 of whom 3, 40 of whom 12: the whole may say 15, since neither can be read off it."""
    other = EmployeeFactory()
    _forty(owner, 3)
    _forty(other, 12)

    assert _cells(_scope(owner)) == [("5–6", 40, None, 5)]
    assert _cells(_scope(other)) == [("5–6", 40, None, None)]
    assert _cells(FigureScope(None, "alle")) == [("5–6", 80, 15, None)]


def test_all_levels_show_the_same_rows(owner):
    """One has enough in every group, the other only in the lower and in the upper half."""
    other = EmployeeFactory()
    for value in (1, 3, 5, 7, 9):
        for n in range(20):
            _bid(owner, value, closed_as=ClosedAs.JOB if n < 8 else "")
        for n in range(6):
            _bid(other, value, closed_as=ClosedAs.JOB if n < 3 else "")

    scopes = (_scope(owner), _scope(other), FigureScope(None, ""))
    rows = [[cell[0] for cell in _cells(scope)] for scope in scopes]

    assert rows[0] == rows[1] == rows[2]
    assert len(rows[0]) == 3


def test_those_who_moved_are_hidden_on_the_level_and_wherever_it_would_be_read_off(owner):
    """17, 1 and 0 once stood as 18, 17, "fewer than five" and 0."""
    second, third = EmployeeFactory(), EmployeeFactory()
    for person, moved in ((owner, 17), (second, 1), (third, 0)):
        _bid(person, 5)
        for _ in range(moved):
            _bid(person, 5, closed_as=ClosedAs.MOVED)

    apart = [
        indicators.outcome_by_belief(scope, today=clock.localdate()).apart
        for scope in (FigureScope(None, ""), _scope(owner), _scope(second), _scope(third))
    ]

    assert apart == [18, None, None, None]


def test_the_strictest_of_a_municipalitys_units_decides(owner):
    _forty(owner, 8)
    assert _cells(_scope(owner)) == [("5–6", 40, 8, None)]

    UnitFactory(municipality=owner.municipality, suppression_threshold=10)

    assert _cells(_scope(owner)) == [("5–6", 40, None, 10)]


def test_waiting_for_action_is_split_by_belief(owner):
    for n in range(32):
        case = CaseFactory(owner=owner)
        BeliefFactory(case=case, value=7 if n < 22 else 2)
        ActionFactory(
            case=case, started_on=clock.localdate() - timedelta(days=200 if n < 6 else 10)
        )

    high, low = active_cases(_scope(owner), today=clock.localdate())["since_action"].report

    assert (high.high_belief, high.median_days, high.over_180.n) == (True, 10, 22)
    assert high.over_180.share == pytest.approx(6 / 22)
    assert (low.over_180.n, low.median_days, low.over_180.share) == (10, None, None)


def test_the_sizes_of_all_figures_of_active_cases_are_hidden_where_one_is(owner):
    """22 with a high belief of 24 would say that two have a low one."""
    for n in range(24):
        BeliefFactory(case=CaseFactory(owner=owner), value=7 if n < 22 else 2)

    active = active_cases(_scope(owner), today=clock.localdate())

    waiting = active["since_action"].report
    shares = [*(row.over_180 for row in waiting), active["fresh_beliefs"].report.caseworker]
    assert [(share.n, share.share) for share in shares] == [(None, None)] * 3
    assert [row.median_days for row in waiting] == [None, None]


def test_fresh_bids_are_shares_of_active_cases(owner):
    for n in range(30):
        case = CaseFactory(owner=owner)
        days = 10 if n < 12 else 120
        BeliefFactory(
            case=case, value=3 if n % 2 else 8, registered_at=clock.now() - timedelta(days=days)
        )
        if n < 15:
            BeliefFactory(case=case, by_role=ByRole.CITIZEN, value=6)

    fresh = active_cases(_scope(owner), today=clock.localdate())["fresh_beliefs"].report

    assert fresh.caseworker.share == pytest.approx(0.4)
    assert fresh.citizen.share == pytest.approx(0.5)


@pytest.mark.parametrize("role", [Role.PROJECT_STAFF, Role.AUDITOR])
def test_project_staff_see_all_municipalities_together(role):
    assert scope_for(EmployeeFactory(roles=[role])).municipality_id is None


def test_others_see_their_own_municipality_and_nobody_sees_a_unit(owner):
    colleague = EmployeeFactory(unit=UnitFactory(municipality=owner.municipality))

    assert scope_for(colleague) == _scope(owner)
    assert scope_for(EmployeeFactory(unit=None)) is None


def test_labels_are_joined_to_one():
    assert join_labels("0–2", "3–4") == "0–4"


def test_every_indicator_of_active_cases_is_defined_in_the_docs():
    page = (settings.BASE_DIR / "docs" / "indicators.md").read_text(encoding="utf-8")

    assert [found.code for found in INDICATORS if f"\n| {found.code} |" not in page] == []


def made_up(code="I90", key="made_up", label="made_up", among=(), within=()):
    nested = tuple(Nested(f"part_{name}", name) for name in within)
    return ActiveIndicator(code, key, (Row(label, among=among),), "", passages=list, nested=nested)


@pytest.mark.parametrize(
    ("another", "refused"),
    [
        (made_up(code=INDICATORS[0].code), "share a name"),
        (made_up(key=INDICATORS[0].key), "share a name"),
        (made_up(label=INDICATORS[0].rows[0].label), "share a name"),
        (made_up(among=("nowhere",)), "no rows"),
        (made_up(within=("nowhere",)), "I90 has no row that its rows are within"),
    ],
)
def test_an_indicator_that_would_be_mistaken_for_another_is_refused(another, refused):
    require_well_formed([*INDICATORS, made_up(among=("made_up",), within=("made_up",))])

    with pytest.raises(ValueError, match=refused):
        require_well_formed([*INDICATORS, another])
