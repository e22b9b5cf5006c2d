"""docs/how-to/add-a-renewal-rule.md: its rule is taken up everywhere by its one file."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "add-a-renewal-rule.md"
TAKEN_UP = """
import django
django.setup()
from django.utils import translation
translation.activate("en")
from dataclasses import replace
from datetime import date
from renewal import *
from renewal.facts import ActionFact
from demo_content.themes import drawn_by
from kb.models.themes import validate_rule
from sparring.beliefs.forms.thresholds import ThresholdsForm

today = date(2026, 11, 26)
case = CaseFacts(
    code="FJ-1", status="active", started=date(2026, 11, 1), today=today,
    actions=(ActionFact(planned_for=date(2026, 11, 2)),),
)
on = Thresholds.from_dict({"enabled": ["R13"]})
assert "R13" not in DEFAULTS.enabled and DEFAULTS.r13_days == 14
(hit,) = assess(case, on).hits
assert hit.code is Rule.PLAN_NOT_BEGUN and Hit.from_json(hit.to_json()) == hit
assert "has not begun" in hit.text() and hit.label() == "Plan not begun"
assert themes_for([hit]) == (8, 4)
early = replace(case, today=date(2026, 11, 10))
assert next_change(early, on) == date(2026, 11, 17)
(group,) = [found for found in ThresholdsForm(stored={}).groups if "R13" in found.heading]
assert [field.name for field in group.fields] == ["r13_on", "r13_days", "r13_points"]
assert "R13" in [row.rule for row in drawn_by(8)]
validate_rule("R13")
print("taken up")
"""


def written_file(page: str, path: str) -> str:
    """The new file of a diff on the page."""
    _, _, hunk = page.partition(f"+++ b/{path}\n")
    body = re.split(r"^(?:diff --git|```)", hunk, maxsplit=1, flags=re.MULTILINE)[0]
    return "".join(line[1:] for line in body.splitlines(keepends=True) if line.startswith("+"))


def outcome(folder: Path, rule: str) -> subprocess.CompletedProcess[str]:
    """Run the assertions above against a copy of the package with the rule in it."""
    shutil.copytree(ROOT / "renewal", folder / "renewal")
    (folder / "renewal" / "rules" / "plan_not_begun.py").write_text(rule, encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))),
        "DJANGO_SETTINGS_MODULE": "kb.settings.test",
    }
    command = [sys.executable, "-c", TAKEN_UP]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_rule_of_the_page_is_taken_up_everywhere(tmp_path):
    rule = written_file(PAGE.read_text(encoding="utf-8"), "renewal/rules/plan_not_begun.py")

    done = outcome(tmp_path, rule)

    assert done.stdout.strip() == "taken up", done.stderr


def test_a_rule_that_forgets_its_day_of_change_is_noticed(tmp_path):
    rule = written_file(PAGE.read_text(encoding="utf-8"), "renewal/rules/plan_not_begun.py")

    done = outcome(tmp_path, rule.replace("limits.r13_days + 1)", "99)"))

    assert "AssertionError" in done.stderr
