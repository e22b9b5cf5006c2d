"""Finds what documents and comments cite, and says which of it does not exist.

A citation is a path, a test's name, a module, a name of the code in backticks, a decision's number,
a security code (SEC-02), a label of docs/domain.md ("domain B3"), a command, a make target, a link.
"""

from __future__ import annotations

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
SECURITY, DOMAIN = "docs/security.md", "docs/domain.md"
# Django's own convention, packages, a standard's and a server's file.
NOT_OURS = {"admin.py", "coverage.py", "ical.js", "pylock.toml", "elasticsearch.yml"}
MADE_BY_BUILDING = ("static/built/", "var/", ".venv/", "node_modules/")

_PATH = re.compile(
    r"(?<![\w/.:*@{<-])((?:[\w.-]+/)*[\w.-]+\.(?:py|md|jsonl?|ya?ml|html|scss|mjs|js|sh|toml|po))"
    r"(?:::(\w+))?(?![\w/*]|-\w)"
)
_FOLDER = re.compile(r"`((?:[\w.-]+/)+)`")
_MODULE = re.compile(r"`([a-z_]+(?:\.(?!example|jsonl?\b)[A-Za-z_]\w*)+)[`:(]")
_NAME = re.compile(r"`([A-Z][a-z]+(?:[A-Z][a-z]+)+|[A-Z][a-z]{2,}|[a-z]+(?:_[a-z]+)+)`")
_DECISION = re.compile(r"(?:[Dd]ecisions?(?: |/)|\bADR )(\d{4})((?:(?:, | and )\d{4})*)")
_SECURITY = re.compile(r"\bSEC-(\d+)(?: to SEC-(\d+))?")
_LABEL = re.compile(r"\bdomain(?:\.md)? ([A-Z]\d{0,2})\b")
_COMMAND = re.compile(r"manage\.py ([a-z][a-z_]+)")
_TARGET = re.compile(r"`make ([a-z-]+)")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_DIFF = re.compile(r"^```diff$.*?^```$", re.MULTILINE | re.DOTALL)
_RETIRED = re.compile(r"security\.md R\d|\bfeatures (?:row )?\d|\b[Ii]ssue \d|\((?:[DP]\d+)[,)]")


@dataclass(frozen=True)
class Project:
    """What there is to cite."""

    root: Path = ROOT

    @cached_property
    def files(self) -> frozenset[str]:
        found = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
            cwd=self.root, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return frozenset(one for one in found.stdout.splitlines() if (self.root / one).exists())

    @cached_property
    def endings(self) -> frozenset[str]:
        """Every file's path from each of its folders on: "views/rows.py", "rows.py"."""
        parts = (one.split("/") for one in self.files)
        return frozenset("/".join(one[start:]) for one in parts for start in range(len(one)))

    @cached_property
    def folders(self) -> frozenset[str]:
        parts = (one.split("/")[:-1] for one in self.files)
        return frozenset(
            "/".join(one[start:end]) + "/"
            for one in parts
            for start in range(len(one))
            for end in range(start + 1, len(one) + 1)
        )

    @cached_property
    def decisions(self) -> frozenset[str]:
        names = (Path(one).name for one in self.files if one.startswith("docs/decisions/"))
        return frozenset(name[:4] for name in names if name[:4].isdigit())

    @cached_property
    def security_codes(self) -> frozenset[int]:
        return frozenset(
            int(code) for code in re.findall(r"^### SEC-(\d+) ", self.read(SECURITY), re.M)
        )

    @cached_property
    def labels(self) -> frozenset[str]:
        """Headings ("## B3 When …") and rows ("| F4 | …") of the domain that have a label."""
        text = self.read(DOMAIN)
        headings = re.findall(r"^## ([A-Z]\d?) ", text, re.M)
        return frozenset(headings) | frozenset(re.findall(r"^\| ([FIR]\d+)\b", text, re.M))

    @cached_property
    def commands(self) -> frozenset[str]:
        return frozenset(get_commands())

    @cached_property
    def targets(self) -> frozenset[str]:
        return frozenset(re.findall(r"^([a-z-]+):", self.read("Makefile"), re.M))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the code, as names in documents are compared with."""
        code = (one for one in self.files if one.endswith((".py", ".js", ".html", ".json", ".sh")))
        return frozenset(word for one in code for word in re.findall(r"\w+", self.read(one)))

    def has(self, dotted: str) -> bool:
        """Whether there is such a module, with that name in it; a job's name counts as one."""
        first, *names = dotted.split(".")
        folder = first
        while names:
            name = names.pop(0)
            if f"{folder}/{name}.py" in self.files:
                return not names or names[0] in re.findall(r"\w+", self.read(f"{folder}/{name}.py"))
            if f"{folder}/{name}/" not in self.folders:
                places = [f"{folder}/__init__.py", f"{first}/tasks.py"]
                said = "".join(self.read(one) for one in places if one in self.files)
                return name in re.findall(r"\w+", said)
            folder = f"{folder}/{name}"
        return True

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def tests_in(self, name: str) -> frozenset[str]:
        return frozenset(re.findall(r"^\s*(?:async )?def (test_\w+)", self.read(name), re.M))

    def anchors_of(self, name: str) -> frozenset[str]:
        return frozenset(_anchor(one) for one in re.findall(r"^#+ (.+)$", self.read(name), re.M))


def _anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def comments_and_docstrings(source: str) -> str:
    """What a Python file says to its readers."""
    said = [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    ]
    said += [
        ast.get_docstring(node) or ""
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return "\n".join(said)


def _missing_paths(text: str, project: Project) -> Iterator[str]:
    for cited, test in _PATH.findall(text):
        path = cited.replace("../", "")  # where a link leads to, `broken_links` says
        stands_for_any = path.rpartition("/")[2].startswith("NAME.")
        if path in NOT_OURS or stands_for_any or path.startswith(MADE_BY_BUILDING):
            continue
        if path not in project.endings:
            yield path
        elif test and (path not in project.files or test not in project.tests_in(path)):
            yield f"{path}::{test}"
    for folder in _FOLDER.findall(text):
        if folder not in project.folders and not folder.startswith(MADE_BY_BUILDING):
            yield folder


def _missing_modules(text: str, project: Project) -> Iterator[str]:
    """`kb.overview.register_overview`: a module of ours and a name that stands in it."""
    for dotted in _MODULE.findall(text):
        if dotted.split(".")[0] + "/__init__.py" in project.files and not project.has(dotted):
            yield dotted


def _missing_decisions(text: str, project: Project) -> Iterator[str]:
    for first, others in _DECISION.findall(text):
        for number in (first, *re.findall(r"\d{4}", others)):
            if number not in project.decisions:
                yield f"decision {number}"


def _missing_codes(text: str, project: Project) -> Iterator[str]:
    for first, last in _SECURITY.findall(text):
        for number in (first, last):
            if number and int(number) not in project.security_codes:
                yield f"SEC-{number}"


def _missing_labels(text: str, project: Project) -> Iterator[str]:
    yield from (f"domain {one}" for one in _LABEL.findall(text) if one not in project.labels)


def _retired(text: str, project: Project) -> Iterator[str]:
    yield from (f"a code that nobody can look up: {one}" for one in _RETIRED.findall(text))


def _missing_commands(text: str, project: Project) -> Iterator[str]:
    yield from (f"manage.py {one}" for one in _COMMAND.findall(text) if one not in project.commands)
    yield from (f"make {one}" for one in _TARGET.findall(text) if one not in project.targets)


CHECKS: tuple[Callable[[str, Project], Iterable[str]], ...] = (
    _missing_paths, _missing_modules, _missing_decisions, _missing_codes, _missing_labels,
    _missing_commands, _retired,
)  # fmt: skip


def missing(text: str, project: Project) -> list[str]:
    """What this text cites and does not exist; a worked diff shows what is to be written."""
    text = _DIFF.sub("", text)
    return [problem for check in CHECKS for problem in check(text, project)]


def unknown_names(text: str, project: Project) -> list[str]:
    """Names of classes, functions and columns in backticks that the code does not know."""
    return [name for name in _NAME.findall(text) if name not in project.words]


def broken_links(name: str, text: str, project: Project) -> list[str]:
    """Links of a Markdown file that lead to no file, or to no heading."""
    broken = []
    for target in _LINK.findall(re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        found = (project.root / name).parent / path if path else project.root / name
        if not found.exists():
            broken.append(target)
        elif anchor:
            document = str(found.resolve().relative_to(project.root))
            broken += [target] if anchor not in project.anchors_of(document) else []
    return broken
