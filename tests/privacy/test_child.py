"""The process that reads what comes from outside: its limits, and what it cannot reach."""

from __future__ import annotations

import os
import sys
import time

import pytest

from privacy import child
from privacy.child import Refused, run


def greet(data, name):
    return {"to": name, "bytes": len(data)}


def refuse(data):
    raise Refused("picky")


def fail(data):
    raise KeyError("no matter")


def fill_the_memory(data):
    return len(bytearray(child.MEMORY * 2))


def never_end(data):
    while True:
        time.process_time()


def chat(data):
    sys.stdout.write("a library says something")
    return os.environ.get("SECRET_KEY")


def write(data, path):
    with open(path, "w") as file:
        file.write("x" * 10_000)


def test_the_answer_comes_back():
    assert run(greet, b"abc", "Mai") == {"to": "Mai", "bytes": 3}


@pytest.mark.parametrize(
    ("function", "why"),
    [(refuse, "picky"), (fail, "broken"), (fill_the_memory, "limit"), (never_end, "limit")],
)
def test_what_does_not_answer_is_refused(function, why):
    with pytest.raises(Refused, match=why):
        run(function, b"", seconds=2)


def test_the_child_knows_no_secret_and_its_chatter_is_no_answer(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hemmeligt")

    assert run(chat, b"") is None


def test_the_child_writes_no_file(tmp_path):
    with pytest.raises(Refused):
        run(write, b"", str(tmp_path / "x"))

    assert not (tmp_path / "x").exists() or (tmp_path / "x").stat().st_size == 0


def test_who_finds_no_place_is_told_at_once():
    for _place in range(child.PLACES):
        child._places.acquire()
    try:
        with pytest.raises(Refused, match="busy"):
            run(greet, b"", "Mai", patience=0.01)
    finally:
        for _place in range(child.PLACES):
            child._places.release()
