"""The published tables of all levels, read together by an attacker with a solver."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import product

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from insight.active_cases import INDICATORS, ROWS, active_cases, active_levels
from insight.active_indicator import Found
from insight.indicators import outcome_levels
from insight.queries import ActiveCount, StepCount
from insight.scopes import FigureScope
from people.models import Municipality
from privacy.levels import Levels, publish_levels
from privacy.suppression import Cell, CountRow
from sparring.enums import ByRole, CaseStatus, ClosedAs
from sparring.models import Action, Belief, Case
from tests.factories.people import EmployeeFactory
from tests.factories.sparring import ActionFactory, BeliefFactory, CaseFactory, TargetGroupFactory

from .attacker import WHOLE, Attacker, Pinned

FEW = st.one_of(st.integers(0, 9), st.integers(0, 60))
PLACES = st.integers(1, 5)
THRESHOLDS = st.dictionaries(st.integers(1, 5), st.sampled_from([5, 5, 8, 10]), max_size=5)


def seen(levels: Levels) -> dict:
    tables = {WHOLE: levels.whole, **levels.parts}
    return {part: {cell.label: cell for cell in table.cells} for part, table in tables.items()}


def smallest(levels: Levels, thresholds: dict[int, int]) -> dict:
    own = {part: thresholds.get(part, 5) for part in levels.parts}
    return {WHOLE: max(own.values(), default=5), **own}


def link(attacker: Attacker) -> Attacker:
    """How the rows about active cases lie inside each other, as their indicators declare it."""
    whole, *others = [row.label for row in ROWS if row.everybody]
    for part in [WHOLE, *attacker.parts]:
        for label in others:
            attacker.add({(part, whole, "n"): 1, (part, label, "n"): -1})
        for indicator in INDICATORS:
            split = [(part, row.label, "n") for row in indicator.rows if not row.everybody]
            attacker.add(dict.fromkeys(split, 1) | {(part, whole, "n"): -1}, at_most=True)
        for row in ROWS:
            if row.among:
                groups = {(part, label, "n"): -1 for label in row.among}
                attacker.add({(part, row.label, "count"): 1} | groups, at_most=True)
    return attacker


@st.composite
def outcomes(draw):
    counts = []
    for place in range(1, draw(PLACES) + 1):
        for value in (1, 3, 5, 7, 9):
            beliefs, apart = draw(FEW), draw(st.integers(0, 3))
            yes = draw(st.integers(0, beliefs))
            counts.append(StepCount(place, value, yes, apart, beliefs + apart))
    return counts


@st.composite
def caseloads(draw):
    """Active cases that fit what the indicators declare; a new one is drawn like the others."""
    counts = []
    for place in range(1, draw(PLACES) + 1):
        split = {row.label: draw(FEW) for row in ROWS if not row.everybody}
        everybody = draw(st.integers(0, 6)) + max(
            sum(split.get(row.label, 0) for row in indicator.rows) for indicator in INDICATORS
        )
        sizes = {row.label: split.get(row.label, everybody) for row in ROWS}
        for row in ROWS:
            among = [sizes[label] for label in row.among] or [sizes[row.label]]
            count = draw(st.integers(0, min(sum(among), sizes[row.label])))
            counts.append(ActiveCount(place, row.label, count, sizes[row.label]))
    return counts


@settings(max_examples=25, deadline=None)
@given(outcomes(), THRESHOLDS)
def test_no_hidden_outcome_is_pinned_to_fewer_than_five_numbers(counts, thresholds):
    for levels in outcome_levels(counts, thresholds):
        assert Attacker(seen(levels)).pinned(smallest(levels, thresholds)) == []


@settings(max_examples=25, deadline=None)
@given(caseloads(), THRESHOLDS)
def test_no_hidden_number_of_active_cases_is_pinned_either(caseload, thresholds):
    levels = active_levels(caseload, thresholds)

    assert link(Attacker(seen(levels))).pinned(smallest(levels, thresholds)) == []


SMALL = st.integers(0, 12).flatmap(
    lambda count: st.tuples(st.just(count), st.integers(count, count + 40))
)


@settings(max_examples=150, deadline=None)
@given(st.lists(SMALL, min_size=1, max_size=4), THRESHOLDS)
def test_no_hidden_number_of_a_single_row_is_pinned(pairs, thresholds):
    """One row and little in it: what is hidden there leans most on what is hidden beside it."""
    rows = {part: [CountRow("a", *pair)] for part, pair in enumerate(pairs, start=1)}
    levels = publish_levels(rows, thresholds=thresholds)

    assert Attacker(seen(levels)).pinned(smallest(levels, thresholds)) == []


def test_the_attack_works_where_each_level_is_suppressed_by_itself():
    """The control: what stood in the three files once gives back one person, and two counts."""
    apart = {WHOLE: 18, "Fjordby": 17, "Hedelund": None, "Strandager": 0}
    top = {WHOLE: (97, 13), "Fjordby": (74, None), "Hedelund": (22, 9), "Strandager": (None, None)}
    published = {
        part: {
            "apart": Cell("apart", apart[part], None),
            "7–10": Cell("7–10", *top[part], under=5 if part == "Fjordby" else None),
        }
        for part in apart
    }

    pinned = Attacker(published).pinned()

    assert Pinned("Hedelund", "apart", "n", 1, 1) in pinned
    assert Pinned("Strandager", "7–10", "n", 1, 1) in pinned
    assert Pinned("Fjordby", "7–10", "count", 3, 4) in pinned


# For each municipality and step: bids, of whom so many in a job, and so many who moved.
POPULATION = {
    "Fjordby": {1: (30, 1, 4), 3: (40, 6, 0), 5: (40, 9, 6), 7: (24, 3, 7), 9: (14, 1, 0)},
    "Hedelund": {1: (12, 1, 1), 5: (20, 6, 0), 7: (12, 6, 0), 9: (10, 4, 0)},
    "Strandager": {1: (8, 0, 0), 3: (3, 0, 0), 8: (1, 1, 0)},
}


def people_of(name, steps):
    """The cases of a municipality: those that ended, and as many active ones as bids."""
    owner = EmployeeFactory(unit__municipality__name=name)
    group = TargetGroupFactory()
    at = timezone.localtime() - timedelta(days=500)
    values = [
        (value, ClosedAs.JOB if n < jobs else ClosedAs.MOVED if n < jobs + moved else "")
        for value, (beliefs, jobs, moved) in steps.items()
        for n in range(beliefs + moved)
    ]
    cases = Case.objects.bulk_create(
        CaseFactory.build(
            owner=owner,
            unit=owner.unit,
            municipality=owner.municipality,
            target_group=group,
            **(
                {
                    "status": CaseStatus.CLOSED,
                    "closed_as": ended,
                    "closed_on": at.date() + timedelta(days=90),
                }
                if ended
                else {}
            ),
        )
        for _value, ended in values
    )
    pairs = list(zip(cases, values, strict=True))
    Belief.objects.bulk_create(
        BeliefFactory.build(case=case, value=value, by_employee=owner, registered_at=at)
        for case, (value, _ended) in pairs
    )
    Belief.objects.bulk_create(
        BeliefFactory.build(case=case, value=6, by_role=ByRole.CITIZEN, by_employee=owner)
        for case, _value in pairs[::3]
    )
    Action.objects.bulk_create(
        ActionFactory.build(case=case, started_on=timezone.localdate() - timedelta(days=20))
        for case, _value in pairs[::2]
    )


def printed(capsys, *arguments):
    call_command("indicators", *arguments, json=True)
    return json.loads(capsys.readouterr().out)


def cells_of(report, scope):
    """The printed outcome and what is shown of active cases, as the rows the attacker reads."""
    outcome = report["outcome_by_belief"]
    cells = {
        group["label"]: Cell(group["label"], group["n"], group["yes"], group["under"])
        for group in outcome["groups"]
    }
    cells["apart"] = Cell("apart", outcome["apart"], None)
    for figure in active_cases(scope, today=timezone.localdate()).values():
        for row in figure.indicator.rows:
            share = figure.shown.get(row.label, Found()).share
            count = None if share.share is None else round(share.share * share.n)
            cells[row.label] = Cell(row.label, share.n, count)
    return cells


@pytest.mark.django_db
def test_what_is_printed_for_three_municipalities_and_the_whole_gives_nobody_away(capsys):
    for name, steps in POPULATION.items():
        people_of(name, steps)

    published = {
        part.slug: cells_of(
            printed(capsys, "--municipality", part.slug), FigureScope(part.pk, part.name)
        )
        for part in Municipality.objects.all()
    } | {WHOLE: cells_of(printed(capsys), FigureScope(WHOLE, ""))}

    assert {tuple(cells) for cells in published.values()} == {tuple(published[WHOLE])}
    assert link(Attacker(published)).pinned() == []
    assert sum(cell.count is not None for cell in published[WHOLE].values()) >= 4


@pytest.mark.parametrize("sizes", [(245, 92, 14), (30, 30), (200, 90, 80)])
def test_who_knows_the_rules_does_not_read_a_small_count_off_what_else_is_hidden(sizes):
    """How it is decided is no secret. "Hidden" beside "under 5" and "under 5" of 5 in all once
    meant 5, 0 and 0: for each answer, every population that leads to it is counted here."""
    populations: dict[tuple, list[tuple]] = {}
    for counts in product(range(15), repeat=len(sizes)):
        if any(count > size for count, size in zip(counts, sizes, strict=True)):
            continue
        rows = {
            at: [CountRow("", *pair)] for at, pair in enumerate(zip(counts, sizes, strict=True))
        }
        levels = publish_levels(rows)
        shown = (levels.whole.cells, *(levels.parts[at].cells for at in rows))
        populations.setdefault(shown, []).append(counts)

    for (whole, *parts), possible in populations.items():
        if whole[0].count is None or max(map(max, possible)) == 14:
            continue  # larger populations lead to the same answer
        for at, (cell,) in enumerate(parts):
            values = {counts[at] for counts in possible}
            if cell.hidden and min(values) < 5:
                assert len(values) >= 4, (whole, parts, values)
