"""`solve_matching` as it is called: from a file, from standard input, and with a bad file."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from .test_reading import GOOD, changed

ROOT = Path(__file__).resolve().parents[2]


def test_the_plan_as_json(tmp_path):
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(GOOD), encoding="utf-8")
    out = io.StringIO()

    call_command("solve_matching", str(file), "--json", stdout=out)

    report = json.loads(out.getvalue())
    assert [one["case"] for one in report["assignments"]] == ["s1", "s2"]
    assert report["unplaced"] == []


def test_unplaced_cases_as_json(tmp_path):
    file = tmp_path / "problem.json"
    file.write_text(changed(["colleagues", 0, "capacity"], 0), encoding="utf-8")
    out = io.StringIO()

    call_command("solve_matching", str(file), "--json", stdout=out)

    assert json.loads(out.getvalue())["unplaced"] == [
        {"case": "s2", "blocking": {"cases": ["s2"], "colleagues": ["anna"]}}
    ]


def test_the_summary_for_people(tmp_path):
    file = tmp_path / "problem.json"
    file.write_text(changed(["colleagues", 0, "capacity"], 0), encoding="utf-8-sig")
    out = io.StringIO()

    with translation.override("en"):
        call_command("solve_matching", str(file), stdout=out)

    assert out.getvalue().splitlines() == [
        "1 of 2 cases have a session.",
        "Affinity 0.750 of at most 0.750; the worst-off case got 0.750.",
        "Standard deviation of utilisation 0.000.",
        "s2 has no session. Full or busy: anna.",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"slots": 1}', "colleagues is missing."),
        (b"\xff\xfe", "The file is not UTF-8 text."),
        (None, "Cannot read {file}: No such file or directory."),
    ],
)
def test_a_bad_file_gives_one_line(tmp_path, content, message):
    file = tmp_path / "problem.json"
    if content is not None:
        file.write_bytes(content)

    with translation.override("en"), pytest.raises(CommandError) as refused:
        call_command("solve_matching", str(file))

    assert str(refused.value) == message.format(file=file)


def _run(text, *arguments):
    return subprocess.run(
        [sys.executable, "manage.py", "solve_matching", *arguments],
        input=text,
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_standard_input_without_a_database():
    done = _run(json.dumps(GOOD), "-", "--json")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["worst"] == 0.5


def test_a_malformed_file_ends_with_exit_code_1_and_one_line():
    done = _run(changed(["pairs", 0, 2], 3), "-", "--json")

    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "pairs[0]" in done.stderr
    assert "Traceback" not in done.stderr
