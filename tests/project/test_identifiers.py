"""One word per idea: names in code do not use the words that the vocabulary has retired.

The words are in docs/glossary.md. A room is added to ROOMS once its code is free of them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "insight", "sparring", "story_library", "stories", "document_import", "learning", "events",
    "articles", "demo_content", "upkeep", "guideposts", "open_half", "kb", "content_check",
    "sources", "search", "people", "form_drafts", "privacy", "matching", "renewal", "charts",
)  # fmt: skip
# Words that say something else where cases and sessions are at home.
CASE_ROOMS = ("sparring", "matching", "renewal")
RETIRED_IN_CASE_ROOMS = {
    "talk": "session",
    "talks": "sessions",
    "place": "participation, location, rank or index",
    "places": "participations",
    "mend": "repair",
    "whys": "exclusion_reasons",
}
# A whole name that is refused, and what to write instead.
RETIRED_NAMES = {
    "each": "the thing's own name",
    "told": "what the sentence is, or run_with_message",
    "taken": "what was collected, or submit_to_domain",
    "crowd": "anonymity_set",
    "halves": "group session",
    "ways": "what the list holds",
    "reader": "visitor, reviewer or acl",
    "readers": "visitors, reviewers or acl",
}
# A word that is refused anywhere in a name: `bets_for`, `StoryWish`, `_mending`.
RETIRED_WORDS = {
    "bet": "promotion",
    "bets": "promotions",
    "wish": "request",
    "wishes": "requests",
    "mending": "repair",
    "wished": "requested",
    "bench": "benchmark",
    "benching": "benchmarks",
    "crowds": "anonymity_set",
    "rereading": "periodic_review",
    "aftercare": "maintenance",
    "anew": "again",
}
# A place is a location; where something stands in a text is a position.
ROOMS_OF_TEXTS = ("privacy", "stories", "story_library")
# A mail is no letter: letters are on paper, for the citizen.
ROOMS_OF_MAILS = ("people", "kb", "sparring")
# Acts in the audit that have another name now.
RETIRED_ACTIONS = {"session.part_with_guest", "request.wish"}
# A talk with the citizen is no session.
KINDS_OF_CONTACT = {"TALK", "WALK_TALK", "STRENGTH_TALK"}
# Names of others that we only pass on, and rooms of names that another change takes away.
ALLOWED = {}


def words_of(name: str) -> list[str]:
    """The words of a name: `StoryWish` and `story_wish` are both story, wish."""
    spaced = "".join(f" {letter}" if letter.isupper() else letter for letter in name)
    return spaced.replace("_", " ").lower().split()


def names_in(source: str) -> Iterator[tuple[int, str]]:
    """Every name that the source gives to something, with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield node.lineno, node.name
        elif isinstance(node, ast.alias) and node.asname:
            yield node.lineno, node.asname


def retired(name: str, room: str = "") -> str | None:
    """What to write instead of the name; None for a good one."""
    if room in CASE_ROOMS and name not in KINDS_OF_CONTACT:
        for word in words_of(name):
            if word in RETIRED_IN_CASE_ROOMS:
                return RETIRED_IN_CASE_ROOMS[word]
    if room in ROOMS_OF_TEXTS and name == "place":
        return "position, number or index"
    if room in ROOMS_OF_MAILS and name in ("letter", "letters"):
        return "mail"
    if name.strip("_") in RETIRED_NAMES:
        return RETIRED_NAMES[name.strip("_")]
    return next((RETIRED_WORDS[word] for word in words_of(name) if word in RETIRED_WORDS), None)


ACTION = re.compile(r"[a-z_]+\.[a-z_]+")


def actions_in(source: str) -> Iterator[tuple[int, str]]:
    """Every name of an act that the source writes into the audit, with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            said = [*node.args, *(word.value for word in node.keywords if word.arg == "action")]
            for value in said if called in ("record", "_record") else ():
                text = value.value if isinstance(value, ast.Constant) else None
                if isinstance(text, str) and ACTION.fullmatch(text):
                    yield value.lineno, text


def faults(path: str, source: str) -> list[str]:
    """One sentence for each retired name in a file, and for the file's own name."""
    stem, room = Path(path).stem, path.split("/", maxsplit=1)[0]
    names = [(1, stem), *names_in(source)]
    return [
        f"{path}:{line}: {name} (write: {retired(name, room)})"
        for line, name in names
        if retired(name, room) and (path, name) not in ALLOWED
    ]


@pytest.mark.parametrize("room", ROOMS)
def test_no_name_uses_a_retired_word(room):
    found = []
    for path in sorted((ROOT / room).rglob("*.py")):
        if "migrations" not in path.parts:
            found += faults(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))

    assert not found, "\n".join(found)


@pytest.mark.parametrize("room", ROOMS)
def test_no_act_in_the_audit_has_a_retired_name(room):
    found = [
        f"{path.relative_to(ROOT)}:{line}: {action}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for line, action in actions_in(path.read_text(encoding="utf-8"))
        if any(retired(word, room) for word in action.split(".")) or action in RETIRED_ACTIONS
    ]

    assert not found, "\n".join(found)


def test_the_control_acts_are_found_however_they_are_written():
    source = (
        'record(session, actor, "session.mend")\n'
        'audit.record(actor=None, action="plan.view_mending", target=plan)\n'
        'record(agreement, actor, "guests.offer")\nother("session.mend")\n'
    )

    found = [action for _line, action in actions_in(source)]

    assert found == ["session.mend", "plan.view_mending", "guests.offer"]
    assert [retired(action.split(".")[1], "sparring") for action in found] == [
        "repair",
        "repair",
        None,
    ]


def test_a_view_has_a_name_of_its_own():
    """Two pages of one name are one to whoever searches for it."""
    classes = [
        (node.name, str(path.relative_to(ROOT)))
        for path in sorted(ROOT.glob("*/**/views/*.py"))
        if path.relative_to(ROOT).parts[0] in ROOMS
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    ]
    files: dict[str, list[str]] = {}
    for name, path in classes:
        files.setdefault(name, []).append(path)

    assert len(classes) > 20
    assert {name: paths for name, paths in files.items() if len(paths) > 1} == {}


@pytest.mark.parametrize(
    "source",
    [
        "for each in people: pass",
        "names = [each.name for each in people]",
        "def told(request): pass",
        "class StoryWish: pass",
        "def find(*, reader): pass",
        "self.bets = 1",
        "import datetime as crowd",
        "async def work_out_anew(): pass",
        "with open(path) as halves: pass",
    ],
)
def test_a_retired_name_is_found_wherever_a_name_is_given(source):
    assert faults("stories/example.py", source)


@pytest.mark.parametrize("name", ["talk", "next_talk", "place", "_mend", "whys"])
def test_words_retired_where_cases_are_at_home_are_found_there_alone(name):
    assert faults("sparring/example.py", f"{name} = 1")
    assert not faults("kb/example.py", f"{name} = 1")


def test_a_place_is_a_location_and_a_mail_no_letter():
    assert faults("privacy/example.py", "for place, token in enumerate(tokens): pass")
    assert not faults("kb/example.py", "place = 1")
    assert faults("people/example.py", "def letter(): pass")
    assert faults("people/letters.py", "")
    assert not faults("stories/example.py", "def letter(): pass")


def test_a_retired_word_in_a_file_name_is_found():
    assert faults("search/benching/load.py", "") == []
    assert faults("stories/aftercare.py", "")


@pytest.mark.parametrize(
    "source", ["for person in people: pass", "alphabet = between = 1", "def teach(): pass"]
)
def test_other_names_are_left_alone(source):
    assert faults("stories/example.py", source) == []
