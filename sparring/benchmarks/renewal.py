"""`benchmark renewal`: the nightly job on 100,000 made-up cases, in full and in part, and one case.

Everything is made in one transaction that is rolled back, so no trace is left in the database. The
owning role does it, since only it may take the statistics that the planner needs.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import numpy as np
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from kb.database_roles import act_as_owner
from people.models import Employee, Municipality, Unit
from people.roles import Role
from privacy.bulk import insert_rows
from sparring.beliefs.domain.needs import recompute, recompute_ids
from sparring.beliefs.queries.needs import hits_of, stale_cases
from sparring.enums import ActionKind, ActionOutcome, ByRole
from sparring.models import Action, Belief, Case, CaseOwnership, RenewalNeed, TargetGroup
from sparring.models.threshold_lookup import fingerprints

if TYPE_CHECKING:
    from django.db.models import QuerySet

Report = dict[str, object]
WHOLE_SECONDS, ONE_MS = 60.0, 20.0
SEED = 20_261_122
EACH = 45  # a caseworker's caseload
ONES = 200
COMPARED = 2_000
FILLED = (Case, CaseOwnership, Belief, Action, RenewalNeed)
REASONS = (
    "Møder til tiden og vil gerne i gang.",
    "Intet nyt siden sidst.",
    "Har prøvet tre timer på et lager og vil have flere.",
    "Tvivler på helbredet, men ringede selv om en plads.",
)


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of the renewal benchmark: number of cases, and seed."""
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=SEED)


def run(options: Namespace) -> Report:
    """The renewal rules over a large caseload: whole run, incremental night, one case."""
    with act_as_owner(connection, settings.DATABASE_OWNER), transaction.atomic():
        try:
            return _measured(options.cases, options.seed)
        finally:
            transaction.set_rollback(True)


@dataclass(frozen=True)
class Town:
    """What the made-up cases need around them."""

    unit: Unit
    owners: list[Employee]
    group: TargetGroup


@dataclass(frozen=True)
class Filled:
    """The cases' ids, and how many rows lie behind them."""

    cases: list[int]
    beliefs: int
    actions: int


def _measured(count: int, seed: int) -> Report:
    today, clock = timezone.localdate(), time.perf_counter()
    town = _town(-(-count // EACH))
    filled = _fill(town, count, Random(seed), today)  # noqa: S311 (sample data)
    made = time.perf_counter() - clock
    mine = Case.objects.filter(unit=town.unit)
    cpu, clock = time.process_time(), time.perf_counter()
    recompute_ids(mine, today)
    whole, whole_cpu = time.perf_counter() - clock, time.process_time() - cpu
    night, touched = _night(town, today + timedelta(days=1))
    differ = _differing(filled.cases, today + timedelta(days=1))
    ones = _ones(mine)
    p50, p95 = (float(np.percentile(ones, share)) for share in (50, 95))
    goals = {
        "whole_seconds": _at_most(whole, WHOLE_SECONDS * count / 100_000),
        "one_case_p95_ms": _at_most(p95, ONE_MS),
        "incremental_differs_from_whole": _at_most(differ, 0),
    }
    return {
        "cases": count,
        "beliefs": filled.beliefs,
        "actions": filled.actions,
        "seconds": {
            "generate": round(made, 2),
            "whole": round(whole, 2),
            "whole_cpu": round(whole_cpu, 2),
            "night": round(night, 2),
        },
        "night_touched": touched,
        "night_touched_share": round(touched / count, 4),
        "one_case_ms": {"p50": round(p50, 2), "p95": round(p95, 2), "cases": len(ones)},
        "compared_with_a_whole_run": min(COMPARED, count),
        "goals": goals,
        "all_reached": all(goal["reached"] for goal in goals.values()),
    }


def _at_most(value: float, most: float) -> dict[str, object]:
    return {"value": round(value, 2), "goal": f"<= {most:g}", "reached": value <= most}


def _night(town: Town, day: date) -> tuple[float, int]:
    """The seconds of the next night's incremental run, and how many cases it touched."""
    clock = time.perf_counter()
    stale = stale_cases(day, fingerprints([town.unit])).filter(unit=town.unit)
    touched = recompute_ids(stale, day)
    return time.perf_counter() - clock, touched


def _differing(cases: list[int], day: date) -> int:
    """Of some cases: how many a whole run would have left otherwise than the night did."""
    sample = cases[:: max(1, len(cases) // COMPARED)][:COMPARED]
    before = dict(_pictures(sample, day))
    recompute_ids(Case.objects.filter(pk__in=sample), day)
    return sum(before[pk] != picture for pk, picture in _pictures(sample, day))


def _pictures(cases: list[int], day: date) -> Iterator[tuple[int, tuple[object, ...]]]:
    for need in RenewalNeed.objects.filter(case__in=cases):
        hits = [hit.on(day) for hit in (*hits_of(need), *hits_of(need, waiting=True))]
        yield need.case_id, (hits, need.score, need.band, need.held_back, need.order_key)


def _ones(cases: QuerySet[Case]) -> list[float]:
    """Milliseconds of working one case out, as after every change of it."""
    found = list(cases.order_by("?")[:ONES])
    times = []
    for case in found:
        clock = time.perf_counter()
        recompute([case])
        times.append((time.perf_counter() - clock) * 1000)
    return times


def _town(owners: int) -> Town:
    town = Municipality.objects.create(name="Målekommune", slug="maalekommune")
    unit = Unit.objects.create(municipality=town, name="Måleteam")
    people = Employee.objects.bulk_create(
        [
            Employee(username=f"maaling{n}", unit=unit, roles=[Role.CASEWORKER])
            for n in range(owners)
        ],
        batch_size=2000,
    )
    group, _made = TargetGroup.objects.get_or_create(code="maaling", defaults={"label": "Måling"})
    return Town(unit, people, group)


def _fill(town: Town, count: int, chance: Random, today: date) -> Filled:
    insert_rows(_case(town, n, chance, today) for n in range(count))
    rows = list(
        Case.objects.filter(unit=town.unit).order_by("pk").values_list("pk", "owner", "started")
    )
    insert_rows(
        CaseOwnership(case_id=pk, employee_id=owner, since=started) for pk, owner, started in rows
    )
    now = timezone.now()
    beliefs = insert_rows(
        belief
        for pk, owner, started in rows
        for belief in _beliefs(pk, owner, (today - started).days, chance, now)
    )
    actions = insert_rows(
        action
        for pk, _owner, started in rows
        for action in _actions(pk, (today - started).days, chance, today)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join(model._meta.db_table for model in FILLED))
    return Filled([pk for pk, _owner, _started in rows], beliefs, actions)


def _case(town: Town, number: int, chance: Random, today: date) -> Case:
    return Case(
        municipality_id=town.unit.municipality_id,
        unit=town.unit,
        code=f"MAAL-{number:06d}",
        owner=town.owners[number // EACH],
        target_group=town.group,
        started=today - timedelta(days=chance.randrange(20, 1500)),
    )


def _beliefs(case: int, owner: int, days: int, chance: Random, now: datetime) -> Iterator[Belief]:
    """A bid each third month or so, and the citizen's each half year."""
    for role, apart in ((ByRole.CASEWORKER, 110), (ByRole.CITIZEN, 220)):
        ago = chance.randrange(apart)
        while ago < min(days, 900):
            at = now - timedelta(days=ago)
            yield Belief(
                case_id=case,
                by_role=role,
                by_employee_id=owner,
                value=chance.randrange(11),
                because=chance.choice(REASONS),
                registered_at=at,
                expires_on=at.date() + timedelta(days=90),
            )
            ago += chance.randrange(40, 2 * apart)


def _actions(case: int, days: int, chance: Random, today: date) -> Iterator[Action]:
    for _number in range(chance.randrange(4)):
        begun = chance.randrange(max(1, days))
        ended = begun - chance.randrange(10, 120)
        yield Action(
            case_id=case,
            kind=chance.choice(tuple(ActionKind)),
            started_on=today - timedelta(days=begun),
            ended_on=today - timedelta(days=ended) if ended >= 0 else None,
            outcome=ActionOutcome.COMPLETED if ended >= 0 else ActionOutcome.RUNNING,
        )
    if chance.random() < 0.3:
        yield Action(
            case_id=case,
            kind=chance.choice(tuple(ActionKind)),
            deadline=today + timedelta(days=chance.randrange(-40, 40)),
        )
