"""I4: whether a company was ever tried, early, and beside something else."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insight.active.company_tried import BESIDE, EARLY, INDICATOR, TRIED
from insight.active_cases import ROWS, active_cases, active_levels, nested_levels
from insight.queries import ActiveCount, active_counts
from insight.scopes import FigureScope, scope_for
from renewal.company import company_view
from renewal.months import months_passed
from sparring.beliefs.queries.facts import facts_for
from sparring.enums import COMPANY_KINDS, ActionKind
from sparring.models import Case
from tests.factories.people import EmployeeFactory
from tests.factories.sparring import ActionFactory, BeliefFactory, CaseFactory

from .attacker import WHOLE, Attacker

TODAY = date(2026, 11, 30)


@pytest.fixture
def owner(db):
    with time_machine.travel("2026-11-30T12:00:00+01:00", tick=False):
        yield EmployeeFactory()


def case_of(owner, *actions, months=12, **more):
    """A case that began so many months ago, with actions as (kind, days after its start)."""
    case = CaseFactory(owner=owner, started=TODAY - timedelta(days=31 * months), **more)
    for kind, days in actions:
        ActionFactory(case=case, kind=kind, started_on=case.started + timedelta(days=days))
    return case


def counted(owner):
    rows = active_counts(INDICATOR.statement, today=TODAY)
    return {
        row.row: (row.count, row.n) for row in rows if row.municipality_id == owner.municipality_id
    }


def by_the_rule(owner):
    """The same counts by the rule that writes it on the case's own page."""
    cases = [
        case
        for case in Case.objects.active().filter(municipality=owner.municipality)
        if months_passed(case.started, 6, TODAY)
    ]
    found = Counter()
    for facts in facts_for(cases, today=TODAY).values():
        view = company_view(facts)
        found.update({TRIED: view.first is not None, EARLY: view.early, BESIDE: view.parallel})
    return {label: (found[label], len(cases)) for label in (TRIED, EARLY, BESIDE)}


def test_a_case_counts_where_it_is_so_and_other_municipalities_apart(owner):
    other = EmployeeFactory()
    case_of(owner)
    case_of(owner, ("course", 10))
    case_of(owner, ("placement", 30))
    case_of(owner, ("placement", 200))
    case_of(owner, ("placement", 200), ("course", 200))
    case_of(owner, ("placement", 30), months=3)
    case_of(owner, ("placement", 30), status="closed", closed_as="job", closed_on=TODAY)
    case_of(other, ("trial_day", 5))

    assert counted(owner) == {TRIED: (3, 5), EARLY: (1, 5), BESIDE: (1, 5)} == by_the_rule(owner)
    assert counted(other) == {TRIED: (1, 1), EARLY: (1, 1), BESIDE: (0, 1)} == by_the_rule(other)


@pytest.mark.parametrize("kind", ActionKind.values)
def test_every_action_at_a_company_is_a_try_and_no_other(owner, kind):
    case_of(owner, (kind, 30))

    assert counted(owner)[TRIED] == (int(kind in COMPANY_KINDS), 1)


DAYS = st.integers(0, 400)
ACTIONS = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["placement", "course", "trial_day", "mentor"]),
            "begins": st.none() | DAYS,
            "lasts": st.none() | st.integers(0, 120),
            "outcome": st.sampled_from(["", "running", "completed", "stopped"]),
            "done": st.none() | DAYS,
            "beside": st.booleans(),
        }
    ),
    max_size=3,
)
CASES = st.lists(
    st.tuples(st.sampled_from([date(2026, 5, 30), date(2026, 5, 31), date(2025, 8, 31),
                               date(2025, 11, 30), date(2026, 2, 28)]), ACTIONS),
    min_size=1, max_size=4,
)  # fmt: skip


def made(owner, started, actions):
    case = CaseFactory(owner=owner, started=started)
    rows = []
    for action in actions:
        begins = None if action["begins"] is None else started + timedelta(action["begins"])
        ends = begins and action["lasts"] is not None
        rows.append(
            ActionFactory(
                case=case,
                kind=action["kind"],
                started_on=begins,
                ended_on=begins + timedelta(action["lasts"]) if ends else None,
                outcome=action["outcome"],
                done_on=None if action["done"] is None else started + timedelta(action["done"]),
            )
        )
    for row, action in zip(rows, actions, strict=True):
        if action["beside"] and rows[0] != row:
            row.parallel_with.add(rows[0])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cases=CASES)
def test_the_statement_counts_what_the_cases_own_pages_say(owner, cases):
    mine = EmployeeFactory()
    for started, actions in cases:
        made(mine, started, actions)

    expected = by_the_rule(mine)
    assert counted(mine) == (expected if expected[TRIED][1] else {})


def test_the_page_says_all_three_where_none_must_be_hidden(owner):
    for number in range(40):
        actions = [("placement", 30 if number < 10 else 200)] if number < 20 else []
        if number < 8:
            actions.append(("course", 30))
        BeliefFactory(case=case_of(owner, *actions), value=8 if number % 2 else 3)

    shown = active_cases(scope_for(owner), today=TODAY)["company_tried"]

    assert [(found.share.n, round(found.share.share * 40)) for found in shown.report.values()] == [
        (40, 20), (40, 10), (40, 8),
    ]  # fmt: skip
    (passage,) = shown.passages
    assert [sentence.split(" (")[0] for sentence in passage.sentences] == [
        "I 50\u00a0%", "I 25\u00a0%", "I 20\u00a0%",
    ]  # fmt: skip


def test_few_are_not_shown(owner):
    for number in range(30):
        actions = [("placement", 30)] if number < 3 else []
        BeliefFactory(case=case_of(owner, *actions), value=8 if number % 2 else 3)

    shown = active_cases(scope_for(owner), today=TODAY)["company_tried"]

    assert shown.report[TRIED].share.share is None
    assert set(shown.report) == {TRIED}
    assert shown.passages[0].sentences == ()


def test_one_hidden_number_anywhere_hides_the_rows_within(owner):
    """Early must not be shown beside a hidden number of those tried, which it bounds."""
    scope, other = scope_for(owner), EmployeeFactory()
    for number in range(40):
        early = [("placement", 30)] if number < 20 else []
        BeliefFactory(case=case_of(owner, *early), value=8 if number % 2 else 3)
        late = [("placement", 200)] if number < 20 else []
        BeliefFactory(case=case_of(other, *late), value=8 if number % 2 else 3)

    shown = active_cases(scope, today=TODAY)["company_tried"]

    assert shown.report[TRIED].share.n == 40
    assert EARLY not in shown.report


FEW = st.one_of(st.integers(0, 9), st.integers(0, 40))


@st.composite
def caseloads(draw):
    """For each municipality: those old enough, of them tried, of them early and beside."""
    counts = []
    for place in range(1, draw(st.integers(1, 4)) + 1):
        size = draw(FEW) + draw(st.sampled_from([0, 20]))
        tried = draw(st.integers(0, size))
        counts += [
            *(ActiveCount(place, row.label, size // 2, size) for row in ROWS if row.label != TRIED),
            ActiveCount(place, TRIED, tried, size),
            *(ActiveCount(place, label, draw(st.integers(0, tried)), size)
              for label in (EARLY, BESIDE)),
        ]  # fmt: skip
    return counts


@settings(max_examples=40, deadline=None)
@given(caseloads(), st.dictionaries(st.integers(1, 4), st.sampled_from([5, 8]), max_size=4))
def test_who_knows_that_early_is_among_tried_learns_no_hidden_number(counts, thresholds):
    levels = active_levels(counts, thresholds)
    within = nested_levels(counts, thresholds, levels)
    tables = {WHOLE: [levels.whole], **{part: [table] for part, table in levels.parts.items()}}
    for own in within.values():
        for part, found in tables.items():
            found.append(own.table(part))
    seen = {
        part: {
            cell.label: cell
            for table in found
            for cell in table.cells
            if cell.label in (TRIED, EARLY, BESIDE)
        }
        for part, found in tables.items()
    }
    attacker = Attacker(seen)
    for part in seen:
        for label in within:
            attacker.add({(part, label, "count"): 1, (part, TRIED, "count"): -1}, at_most=True)
            attacker.add({(part, label, "n"): 1, (part, TRIED, "n"): -1})

    smallest = {part: thresholds.get(part, 5) for part in levels.parts}
    assert attacker.pinned({WHOLE: max(smallest.values(), default=5), **smallest}) == []


def test_all_municipalities_together_are_a_level(owner):
    for number in range(40):
        actions = [("placement", 30)] if number < 20 else []
        BeliefFactory(case=case_of(owner, *actions), value=8 if number % 2 else 3)

    whole = active_cases(FigureScope(None, "alle"), today=TODAY)["company_tried"]

    assert whole.report[EARLY].share.n == 40
