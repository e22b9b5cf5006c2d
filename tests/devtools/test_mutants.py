"""The wrong variants of a file, and what is told about those that no test noticed."""

from __future__ import annotations

import sys

import pytest

from devtools import ROOT
from devtools.mutants.__main__ import TARGETS, equal_ones, judge
from devtools.mutants.changes import mutants_of
from devtools.mutants.trying import Result, apart, import_all

SOURCE = '''\
"""A text is left alone."""

LIMIT = 5


class Rule:
    low: int = -1

    @property
    def open(self) -> bool:
        return not self.closed and self.age <= LIMIT

    def points(self, ages: list[int]) -> int | None:
        if self.open:
            return max(ages) + max(ages)
        return None
'''


@pytest.fixture
def root(tmp_path):
    (tmp_path / "rule.py").write_text(SOURCE)
    return tmp_path


def test_every_change_is_named_by_where_it_is(root):
    assert [f"{mutant.where}: {mutant.change}" for mutant in mutants_of("rule.py", root)] == [
        "(module): 5 → 6",
        "Rule: -1 → 1",
        "Rule: 1 → 2",
        "Rule.open: return not self.closed and self.age <= LIMIT → return None",
        "Rule.open: not self.closed and self.age <= LIMIT → not self.closed or self.age <= LIMIT",
        "Rule.open: not self.closed → self.closed",
        "Rule.open: self.age <= LIMIT → self.age < LIMIT",
        "Rule.points: self.open → not self.open",
        "Rule.points: return max(ages) + max(ages) → return None",
        "Rule.points: max(ages) + max(ages) → max(ages) - max(ages)",
        "Rule.points: max → min",
        "Rule.points: max → min #2",
    ]


def test_only_what_is_inside_a_function_can_be_changed_while_it_runs(root):
    lines = {mutant.where: mutant.lines for mutant in mutants_of("rule.py", root)}

    assert lines == {
        "(module)": None,
        "Rule": None,
        "Rule.open": (9, 11),
        "Rule.points": (13, 16),
    }


def test_a_part_of_a_file_has_its_own_changes_only(root):
    whole = mutants_of("rule.py", root)

    assert mutants_of("rule.py::Rule.open", root) == [
        row for row in whole if row.where == "Rule.open"
    ]
    assert mutants_of("rule.py::Rule", root) == whole[1:]
    assert mutants_of("rule.py::Rul", root) == []


def test_what_is_imported_for_annotations_only_is_left_alone(root):
    (root / "imports.py").write_text("if TYPE_CHECKING:\n    import a\nif LATE:\n    import b\n")

    assert [row.change for row in mutants_of("imports.py", root)] == ["LATE → not LATE"]


def test_a_variant_differs_in_that_one_thing(root):
    first, *_, last = mutants_of("rule.py", root)
    changed: dict = {}
    exec(first.code(root), changed)
    other: dict = {}
    exec(last.code(root), other)
    rule = other["Rule"]()
    rule.closed, rule.age = False, 1

    assert changed["LIMIT"] == 6
    assert rule.points([1, 10]) == 10 + 1


def test_a_target_below_the_floor_names_what_was_not_noticed(root):
    found = mutants_of("rule.py", root)

    told, enough = judge("rule", Result(found, found, found[:2]), frozenset({found[2].name}))

    assert not enough
    assert told.splitlines() == [
        "rule         10 of 12 changes noticed, 83.3 % (11 possible, 1 equal)",
        "  not noticed: rule.py (module): 5 → 6",
        "  not noticed: rule.py Rule: -1 → 1",
    ]
    assert judge("rule", Result(found, found, found[:1]), frozenset())[1]


def test_nothing_tried_is_not_enough():
    assert judge("rule", Result([], [], []), frozenset())[1] is False


def test_a_fork_answers_or_counts_as_a_failure():
    def forever():
        while True:
            pass

    assert apart(lambda: {"killed": [1]}) == {"killed": [1]}
    assert apart(forever, 0.1) is True
    with pytest.raises(RuntimeError, match=r"(?s)The tool itself failed.*ZeroDivisionError"):
        apart(lambda: 1 / 0)


def test_every_target_has_files_and_every_equal_change_is_there():
    names = {
        mutant.name
        for target in TARGETS.values()
        for file in target.files
        for mutant in mutants_of(file, ROOT)
    }
    assert all(target.files for target in TARGETS.values())
    for target in TARGETS.values():
        assert all(mutants_of(file, ROOT) for file in target.files if "::" in file)
    assert equal_ones() <= names


def test_what_only_a_running_test_would_import_lives_before_it_is_changed(tmp_path, monkeypatch):
    """Otherwise the change is put into nothing, and nobody can notice it."""
    (tmp_path / "read_late.py").write_text(SOURCE)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "read_late", raising=False)

    import_all(["read_late.py::Rule.points", "read_late.py"])

    assert sys.modules.pop("read_late").Rule.low == -1
