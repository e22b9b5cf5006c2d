"""`check_anonymity`: one object a text, one clear sentence for what cannot be read."""

from __future__ import annotations

import io
import json
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from privacy.management.commands.check_anonymity import Command


def lines_of(*arguments: str) -> list[str]:
    out = io.StringIO()
    call_command("check_anonymity", *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def text_file(tmp_path):
    path = tmp_path / "tekst.txt"
    path.write_bytes(b"Hun hedder Fatima.\r\n\nAlt godt.\n")
    return str(path)


def test_a_file_is_one_text(text_file):
    [line] = lines_of(text_file, "--json")

    assert json.loads(line) == {
        "verdict": "block",
        "findings": [{"start": 11, "end": 17, "type": "name", "level": "block", "text": "Fatima"}],
    }


def test_with_lines_each_line_is_a_text_also_an_empty_one(text_file):
    verdicts = [json.loads(line)["verdict"] for line in lines_of(text_file, "--lines", "--json")]

    assert verdicts == ["block", "pass", "pass"]


def test_standard_input_is_read(monkeypatch):
    stdin = SimpleNamespace(buffer=io.BytesIO(b"CPR 010180-1234"))
    monkeypatch.setattr("sys.stdin", stdin)

    [line] = lines_of("-", "--json")

    assert json.loads(line)["findings"][0]["type"] == "cpr"


def test_an_empty_input_has_no_lines(tmp_path):
    path = tmp_path / "tom.txt"
    path.write_bytes(b"")

    assert lines_of(str(path), "--lines", "--json") == []
    assert json.loads(lines_of(str(path), "--json")[0])["verdict"] == "pass"


def test_people_get_a_listing(text_file):
    lines = lines_of(text_file, "--lines")

    assert len(lines) == 4
    assert "Fatima" in lines[1]
    assert "11–17" in lines[1]


def test_what_cannot_be_read_is_one_sentence(tmp_path):
    (tmp_path / "latin.txt").write_bytes(b"bl\xe5b\xe6r")

    for name in (tmp_path / "mangler.txt", tmp_path, tmp_path / "latin.txt", "\0"):
        with pytest.raises(CommandError) as caught:
            lines_of(str(name))
        assert caught.value.returncode == 2
        assert "\n" not in str(caught.value)


def test_no_system_check_and_so_no_database_is_needed():
    assert Command.requires_system_checks == []
