"""Every document, decision, code, file and test that is cited exists; every link leads there."""

from __future__ import annotations

import re

import pytest

from .citations import (
    SECURITY,
    Project,
    broken_links,
    comments_and_docstrings,
    missing,
    unknown_names,
)

PROJECT = Project()
DOCUMENTS = sorted(name for name in PROJECT.files if name.endswith(".md"))
CODE = sorted(name for name in PROJECT.files if name.endswith(".py"))
OTHER = sorted(
    name
    for name in PROJECT.files
    if name.endswith((".html", ".scss", ".toml", ".yaml", ".yml", "Makefile", "Dockerfile"))
)
RULES = re.split(r"^### ", PROJECT.read(SECURITY).split("\n## Not built yet")[0], flags=re.M)[1:]
DECISIONS = sorted(name for name in DOCUMENTS if name.startswith("docs/decisions/0"))
# Decisions and the change log tell what was there on their day.
OF_TODAY = sorted(set(DOCUMENTS) - set(DECISIONS) - {"CHANGELOG.md"})


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_a_document_cites_exists(name):
    text = PROJECT.read(name)

    assert missing(text, PROJECT) + broken_links(name, text, PROJECT) == []


@pytest.mark.parametrize("name", OF_TODAY)
def test_names_of_the_code_are_names_of_the_code(name):
    assert unknown_names(PROJECT.read(name), PROJECT) == []


def test_what_comments_and_docstrings_cite_exists():
    found = {name: missing(comments_and_docstrings(PROJECT.read(name)), PROJECT) for name in CODE}

    assert {name: problems for name, problems in found.items() if problems} == {}


def test_what_configuration_and_templates_cite_exists():
    comments = re.compile(r"(?:\{#|#|//|/\*|\{% comment %\}).*")
    found = {
        name: missing("\n".join(comments.findall(PROJECT.read(name))), PROJECT) for name in OTHER
    }

    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule[:6])
def test_a_security_rule_says_why_where_and_which_test_holds_it(rule):
    fields = dict(re.findall(r"^- (Why|Where|Test): (.+?)(?=^- |\Z)", rule, flags=re.M | re.S))
    tests = re.findall(r"`(tests/[^`]+)`", fields.get("Test", ""))

    assert list(fields) == ["Why", "Where", "Test"]
    assert re.findall(r"`[\w/]+\.py`", fields["Where"])
    assert tests
    assert missing(" ".join(tests), PROJECT) == []


def test_security_codes_have_no_gaps():
    codes = [int(rule[4:6]) for rule in RULES]

    assert codes == list(range(1, len(codes) + 1))


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_has_the_form(name):
    text = PROJECT.read(name)

    assert re.match(
        rf"# {name[15:19]} \S.*\n- Status: (proposed|accepted|superseded by decision \d{{4}})\n"
        r"- Date: \d{4}-\d\d-\d\d\b.*\n\n## Context\n",
        text,
    )
    assert {"Context", "Decision", "Consequences"} <= set(re.findall(r"^## (\w+)$", text, re.M))


def test_no_decision_is_missing():
    numbers = [int(name[15:19]) for name in DECISIONS]

    assert numbers == list(range(1, len(numbers) + 1))


def test_every_document_is_in_the_index():
    index = PROJECT.read("docs/README.md")
    documents = {name[5:] for name in DOCUMENTS if name.startswith("docs/")} - {"README.md"}

    assert {name for name in documents if f"]({name})" not in index} == set()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("see docs/nowhere.md", "docs/nowhere.md"),
        ("held by `kb/no_such_file.py`", "kb/no_such_file.py"),
        ("in halves_of_nothing.py", "halves_of_nothing.py"),
        ("tests/kb/test_ui.py::test_nothing", "tests/kb/test_ui.py::test_nothing"),
        ("lies in `kb/no_such_folder/`", "kb/no_such_folder/"),
        ("`privacy.matrix.no_such_name`", "privacy.matrix.no_such_name"),
        ("`kb.no_such_module`", "kb.no_such_module"),
        ("(decision 9999)", "decision 9999"),
        ("decisions 0001 and 9998", "decision 9998"),
        ("docs/decisions/9997", "decision 9997"),
        ("refused (SEC-99)", "SEC-99"),
        ("SEC-01 to SEC-98", "SEC-98"),
        ("docs/domain.md B9", "domain B9"),
        ("(docs/security.md R14)", "a code that nobody can look up: security.md R1"),
        ("(features 72)", "a code that nobody can look up: features 7"),
        ("as Issue 4 wants", "a code that nobody can look up: Issue 4"),
        ("in one transaction (P4)", "a code that nobody can look up: (P4)"),
        ("run `manage.py no_such_command`", "manage.py no_such_command"),
        ("run `make nothing`", "make nothing"),
    ],
)
def test_the_control_what_does_not_exist_is_seen(text, problem):
    assert missing(text, PROJECT) == [problem]


@pytest.mark.parametrize(
    "text",
    [
        "docs/domain.md B4",
        "domain C",
        "`tests/kb/test_ui.py`",
        "in static/built/site.js",
        "`privacy.matrix.declare`",
        "`kb.read_file`",
        "decision 0002",
        "(SEC-02)",
        "`manage.py migrate`",
        "`make test`",
        "https://example.org/a.py",
    ],
)
def test_the_control_what_exists_passes(text):
    assert missing(text, PROJECT) == []


def test_the_control_names_that_the_code_does_not_know_are_seen():
    # Put together here, since whatever stands in this file is a word of the code.
    wrong = ["Nothing" + "Such", "nothing_" + "such"]

    text = f"`SparringSession`, `{wrong[0]}`, `{wrong[1]}`, `quick_one_yes`"

    assert unknown_names(text, PROJECT) == wrong


def test_the_control_broken_links_are_seen():
    text = "[a](nowhere.md) [b](domain.md#nothing) [c](domain.md#b2-states) [d](https://x.example)"

    assert broken_links("docs/README.md", text, PROJECT) == ["nowhere.md", "domain.md#nothing"]
