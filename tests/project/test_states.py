"""The diagrams show what the code does: states change by their tables, and no file is old."""

from __future__ import annotations

import ast
from datetime import date, timedelta

import pytest
import time_machine

from devtools import diagrams
from devtools.diagrams import documents, state_diagram, tables
from kb.states import ImpossibleStep, StateTable, Step
from renewal.states import AGEING, BeliefState, belief_state
from renewal.thresholds import DEFAULTS
from sparring.enums import CaseStatus, HandoverMeetingState, RequestState, SessionState
from sparring.models import Case, FollowUp, HandoverMeeting, SparringRequest, SparringSession
from sparring.states import (
    BeliefSteps,
    CaseSteps,
    FollowUpSteps,
    HandoverMeetingSteps,
    RequestSteps,
    SessionSteps,
)
from stories.enums import State
from stories.models import StoryPage
from stories.states import StorySteps

from .citations import Project

PROJECT = Project()
TABLES = {
    table.__name__: table
    for table in (
        BeliefSteps,
        CaseSteps,
        FollowUpSteps,
        HandoverMeetingSteps,
        RequestSteps,
        SessionSteps,
        StorySteps,
    )
}
# What a verb stores: the field, and the model whose new rows begin in the field's default.
STORED = {
    CaseSteps: (Case, "status"),
    HandoverMeetingSteps: (HandoverMeeting, "state"),
    RequestSteps: (SparringRequest, "state"),
    SessionSteps: (SparringSession, "state"),
    StorySteps: (StoryPage, "state"),
}
MEMBERS = {
    f"{enum.__name__}.{member.name}"
    for enum in (CaseStatus, HandoverMeetingState, RequestState, SessionState, State)
    for member in enum
}
VERBS = sorted(
    name
    for name in PROJECT.files
    if name.startswith(("sparring/", "stories/"))
    and name.endswith(".py")
    and not name.endswith(("/states.py", "/enums.py"))
    and "/migrations/" not in name
)


def set_past_the_table(source: str) -> list[str]:
    """States that this source writes by name: assigned, or passed to a new row or an update."""
    found = []
    for node in ast.walk(ast.parse(source)):
        values: list[ast.expr] = []
        if isinstance(node, ast.Assign) and _is_a_state(node.targets):
            values = [node.value]
        elif isinstance(node, ast.Call) and _writes(node.func):
            values = [word.value for word in node.keywords if word.arg in ("state", "status")]
        inner = (part for value in values for part in ast.walk(value))
        found += [text for part in inner if (text := ast.unparse(part)) in MEMBERS]
    return found


def _is_a_state(targets: list[ast.expr]) -> bool:
    parts = (part for target in targets for part in ast.walk(target))
    return any(isinstance(one, ast.Attribute) and one.attr in ("state", "status") for one in parts)


def _writes(function: ast.expr) -> bool:
    name = ast.unparse(function).rpartition(".")[2]
    return name in ("update", "create", "get_or_create", "update_or_create") or name in {
        model.__name__ for model, _field in STORED.values()
    }


@pytest.mark.parametrize("name", VERBS)
def test_no_state_is_set_past_its_table(name):
    assert set_past_the_table(PROJECT.read(name)) == []


@pytest.mark.parametrize(
    "source",
    [
        "session.state = SessionState.CLOSED",
        "case.status, case.paused_until = CaseStatus.ACTIVE, None",
        "story.state = State.DRAFT if new else State.READING",
        "rows.update(state=RequestState.LISTED)",
        "SparringRequest(case=case, state=RequestState.LISTED)",
    ],
)
def test_the_control_a_state_that_is_set_is_seen(source):
    assert set_past_the_table(source) != []


@pytest.mark.parametrize("table", STORED)
def test_every_step_is_taken_by_a_verb(table):
    """What nobody takes would be drawn and never happen; a new row's may be the field's default."""
    model, field = STORED[table]
    code = "".join(PROJECT.read(name) for name in VERBS)
    begins = model._meta.get_field(field).default
    names = {name: step for name, step in vars(table).items() if isinstance(step, Step)}

    unused = {name for name in names if f"{table.__name__}.{name}" not in code}

    assert {name for name in unused if names[name].sources or names[name].target != begins} == set()


def test_every_state_is_reached_and_every_table_is_drawn():
    reached = {
        name: {step.target for step in table.steps()} | {"none"} for name, table in TABLES.items()
    }

    assert {name: set(table.states) - reached[name] for name, table in TABLES.items()} == {
        name: set() for name in TABLES
    }
    assert set(tables()) == set(TABLES.values())


def test_a_step_from_another_state_is_a_fault_in_the_code():
    case = Case(status=CaseStatus.CLOSED)

    with pytest.raises(ImpossibleStep, match="not from"):
        CaseSteps.PAUSE.take(case, "status")

    assert case.status == CaseStatus.CLOSED


def test_the_clock_moves_a_follow_up_as_drawn():
    row = FollowUp(due_on=date(2026, 11, 25))
    seen = []

    for day in (24, 25, 26):
        with time_machine.travel(f"2026-11-{day}T12:00:00+01:00", tick=False):
            seen.append(row.state)

    due, late = FollowUpSteps.FALL_DUE, FollowUpSteps.RUN_LATE
    assert seen == [due.sources[0], due.target, late.target]
    assert seen[1:2] == list(late.sources)


def test_the_clock_moves_a_belief_as_drawn():
    today = date(2026, 11, 25)
    limits = [getattr(DEFAULTS, limit) for _state, limit in reversed(AGEING)]
    steps = [BeliefSteps.TURN_SOON, BeliefSteps.EXPIRE, BeliefSteps.TURN_VERY_OLD]

    for step, limit in zip(steps, limits, strict=True):
        before, after = (
            belief_state(today - timedelta(days=days), today) for days in (limit, limit + 1)
        )
        assert (before, after) == (step.sources[0], step.target)
    assert belief_state(None, today) == BeliefState.NONE


def test_a_diagram_draws_each_step_and_no_standing_still():
    class Door(StateTable):
        title = "Door"
        states = CaseStatus
        BUILD = Step("built", (), CaseStatus.ACTIVE)
        CLOSE = Step("closed", (CaseStatus.ACTIVE, CaseStatus.CLOSED), CaseStatus.CLOSED)

    drawn = state_diagram(Door).splitlines()

    assert [line.strip() for line in drawn if "-->" in line] == [
        "[*] --> active: built",
        "active --> closed: closed",
        "paused --> [*]",
        "closed --> [*]",
    ]


def test_the_diagrams_are_up_to_date():
    assert diagrams.write(check=True) == 0


def test_the_control_an_old_diagram_is_seen_and_written_again(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(diagrams, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()

    assert diagrams.write(check=True) == 1
    assert "states.md" in capsys.readouterr().out
    assert diagrams.write(check=False) == 0
    assert diagrams.write(check=True) == 0

    assert (tmp_path / "docs/diagrams/states.md").read_text() == documents()["states.md"]
