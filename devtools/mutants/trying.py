"""Run the tests on each wrong variant, inside one pytest.

Everything is imported and collected once; each variant is tried in a fork, where the running
functions get the changed code. What only reading the file again can show (a number at the top, a
default) is tried in a fork made before the tests were collected, which imports the rooms anew.
A fork has a database of its own: tests/conftest.py names it after the process.
"""

from __future__ import annotations

import gc
import json
import os
import random
import select
import signal
import sys
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from itertools import zip_longest
from types import CodeType, FrameType, FunctionType
from typing import Any

import hypothesis
import pytest

from devtools import ROOT
from devtools.mutants.changes import Mutant, mutants_of

_EXAMPLES = 40  # of a test of properties that names no number of its own
_BROKEN = "The tool itself failed: "
_START, _TIMES = 20, 10  # a variant gets so many seconds and so many times what its tests took


@dataclass(frozen=True)
class Target:
    """Files, or "file::Class.function", and the tests that are to notice a change in them.

    anew: the modules that are imported again where that is needed; none where that cannot be done.
    database: whether the tests that need one are run.
    """

    files: tuple[str, ...]
    tests: tuple[str, ...]
    anew: tuple[str, ...] = ()
    database: bool = False


@dataclass(frozen=True)
class Result:
    """All variants of a target, those that were tried, and those that no test noticed."""

    all: list[Mutant]
    tried: list[Mutant]
    survived: list[Mutant]


class TestsFailed(Exception):
    """The tests fail without any change, so they can tell nothing."""


def attempt(target: Target, *, seconds: float, seed: int, known: frozenset[str]) -> Result:
    """Try the variants in a random order until the time is up; `known` ones are left out."""
    found = [mutant for file in target.files for mutant in mutants_of(file, ROOT)]
    order = [mutant for mutant in found if mutant.name not in known]
    random.Random(seed).shuffle(order)  # noqa: S311 - a sample
    trial = _Trial(target, order, seconds)
    options = ["-x", "-s", "-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:terminal"]
    options += ["-p", "no:unraisableexception", "-p", "no:threadexception"]  # slow at each end
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # hypothesis is imported here
    pytest.main([*options, str(ROOT / "tests" / "conftest.py")], plugins=[trial])
    if trial.failure:
        raise TestsFailed(trial.failure)
    return Result(found, trial.tried, trial.survived)


class _Trial:
    """The plugin that takes the place of collecting and running."""

    def __init__(self, target: Target, order: list[Mutant], seconds: float) -> None:
        self.target, self.order, self.seconds = target, order, seconds
        self.tried: list[Mutant] = []
        self.survived: list[Mutant] = []
        self.took: dict[str, float] = {}
        self.failure, self.said = "pytest did not start", ""

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> bool:
        hypothesis.settings.register_profile(
            "mutants",
            deadline=None,
            database=None,
            derandomize=True,
            max_examples=_EXAMPLES,
            phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        hypothesis.settings.load_profile("mutants")
        session.config.option.tbstyle = "native"  # the quickest
        self.failure = ""
        inside = [mutant for mutant in self.order if mutant.lines]
        answer = apart(lambda: self._inside(session, inside))
        if isinstance(answer, str):
            self.failure = answer
            return True
        self.tried = [inside[at] for at in answer["tried"]]
        self.survived = [inside[at] for at in answer["survived"]]
        self.took = answer["took"]
        if self.target.anew:
            self._outside(session)
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self) -> bool:
        return True

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.said = report.longreprtext or self.said

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.said = f"{report.nodeid}\n{report.longreprtext}"

    def _inside(self, session: pytest.Session, mutants: Sequence[Mutant]) -> dict[str, Any] | str:
        """Collect once, measure once, then one fork for each change inside a function."""
        self._collect(session, self.target.tests)
        measured = apart(lambda: _measure(session, self.target.files) or self.said)
        if not isinstance(measured, dict):
            return str(measured)
        tests = {item.nodeid: item for item in session.items}
        import_all(self.target.files)
        running = _running_functions()
        tried, survived, deadline = [], [], time.monotonic() + self.seconds
        gc.disable()
        gc.freeze()  # a fork that collects garbage would copy all memory
        for at, mutant in enumerate(mutants):
            if time.monotonic() > deadline:
                break
            fitting = sorted(_fitting(measured, mutant), key=lambda name: measured[name]["took"])
            limit = _START + _TIMES * sum(measured[name]["took"] for name in fitting)
            items = [tests[name] for name in fitting]
            tried.append(at)

            def work() -> bool:
                _replace(running, mutant.code(ROOT))  # noqa: B023
                return _fails(session, items)  # noqa: B023

            if not apart(work, limit):
                survived.append(at)
        took = {name: test["took"] for name, test in measured.items()}
        return {"tried": tried, "survived": survived, "took": took}

    def _collect(self, session: pytest.Session, tests: Sequence[str]) -> None:
        session.perform_collect([str(ROOT / test) for test in tests])
        if not self.target.database:
            session.items = [
                item for item in session.items if not item.get_closest_marker("django_db")
            ]

    def _outside(self, session: pytest.Session) -> None:
        """Import the rooms anew with the change: for the rest, and for whoever survived so far."""
        again = set(self.survived)
        begin, deadline = time.monotonic(), time.monotonic() + self.seconds
        if apart(lambda: self._try_outside(session, None)) is not False:
            self.failure = "the tests fail when the modules are imported again"
        limit = _START + _TIMES * (time.monotonic() - begin)
        for mutant in [*self.survived, *(mutant for mutant in self.order if not mutant.lines)]:
            if time.monotonic() > deadline:
                break
            if mutant not in again:
                self.tried.append(mutant)
            killed = apart(lambda: self._try_outside(session, mutant), limit)  # noqa: B023
            if killed and mutant in again:
                self.survived.remove(mutant)
            elif not killed and mutant not in again:
                self.survived.append(mutant)

    def _try_outside(self, session: pytest.Session, mutant: Mutant | None) -> bool:
        for name in [*sys.modules]:
            if any(name == room or name.startswith(f"{room}.") for room in self.target.anew):
                del sys.modules[name]
        if mutant:
            sys.meta_path.insert(0, _Changed(mutant))
        try:
            self._collect(session, self.target.tests)
        except Exception:
            return True
        quickest_first = sorted(session.items, key=lambda item: self.took.get(item.nodeid, 0))
        return bool(session.testsfailed) or _fails(session, quickest_first)


def import_all(places: Iterable[str]) -> None:
    """Make their functions live: some, such as middleware, are imported only while a test runs."""
    for file in {place.partition("::")[0] for place in places}:
        import_module(file.removesuffix(".py").removesuffix("/__init__").replace("/", "."))


def apart(work: Callable[[], Any], seconds: float | None = None) -> Any:
    """What `work` answers in a fork, as JSON; True (a failure) when it dies or takes too long."""
    reader, writer = os.pipe()
    if not (process := os.fork()):
        _answer(work, writer, seconds)
    os.close(writer)
    # An endless loop in Python ends itself (see `_answer`); this is for those outside of it.
    if seconds is not None and not select.select([reader], [], [], seconds + _START)[0]:
        os.kill(process, signal.SIGKILL)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    os.waitpid(process, 0)
    if text.startswith(_BROKEN):
        raise RuntimeError(text)
    return json.loads(text) if text else True


def _answer(work: Callable[[], Any], writer: int, seconds: float | None) -> None:
    """In the fork: be silent, work, write the answer, and end without tidying anything up."""
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    try:
        if seconds is not None:
            signal.signal(signal.SIGALRM, _too_long)
            signal.setitimer(signal.ITIMER_REAL, seconds, 5)
        text = json.dumps(work())
    except TimeoutError:
        text = ""
    except BaseException:
        text = _BROKEN + traceback.format_exc()
    signal.setitimer(signal.ITIMER_REAL, 0)
    with os.fdopen(writer, "w") as pipe:
        pipe.write(text)
    os._exit(0)


def _too_long(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


def _measure(session: pytest.Session, files: Sequence[str]) -> dict[str, Any] | None:
    """For each test its seconds and where the target's functions begin that it called.

    None when a test fails without any change.
    """
    paths = {str(ROOT / file): file for file in (place.partition("::")[0] for place in files)}
    measured: dict[str, Any] = {}
    for item, following in zip_longest(session.items, session.items[1:]):
        called: set[tuple[str, int]] = set()

        def watch(frame: FrameType, _event: str, _: object) -> None:
            if file := paths.get(frame.f_code.co_filename):
                called.add((file, frame.f_code.co_firstlineno))  # noqa: B023

        begin = time.monotonic()
        sys.settrace(watch)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        sys.settrace(None)
        if session.testsfailed:
            return None
        measured[item.nodeid] = {"took": time.monotonic() - begin, "called": sorted(called)}
    return measured


def _fitting(measured: dict[str, Any], mutant: Mutant) -> Iterator[str]:
    """The tests that call the changed function or something inside it."""
    first, last = mutant.lines or (0, 0)
    for name, test in measured.items():
        if any(file == mutant.file and first <= line <= last for file, line in test["called"]):
            yield name


def _fails(session: pytest.Session, items: Sequence[pytest.Item]) -> bool:
    """Whether one of the tests fails; the first failure ends it."""
    for item, following in zip_longest(items, items[1:]):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            # What the item after it would have used is put away here, the database above all.
            session.config.hook.pytest_sessionfinish(session=session, exitstatus=1)
            return True
    return False


def _running_functions() -> dict[str, list[FunctionType]]:
    """The functions of this project that live now, by the file they come from."""
    found = defaultdict(list)
    for function in gc.get_objects():
        if isinstance(function, FunctionType):
            found[function.__code__.co_filename].append(function)
    return found


def _replace(running: dict[str, list[FunctionType]], code: CodeType) -> None:
    """Give every living function of the file the code that it has in the changed file."""
    changed: dict[tuple[str, int], list[CodeType]] = defaultdict(list)
    for inner in _all_inside(code):
        changed[inner.co_qualname, inner.co_firstlineno].append(inner)
    for function in running[code.co_filename]:
        now = changed[function.__code__.co_qualname, function.__code__.co_firstlineno]
        if len(now) == 1 and len(now[0].co_freevars) == len(function.__code__.co_freevars):
            function.__code__ = now[0]


def _all_inside(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _all_inside(constant)


class _Changed(SourceFileLoader):
    """Finds the one changed module, before anything else does."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        name = mutant.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        super().__init__(name, str(ROOT / mutant.file))

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if fullname != self.name or (spec := PathFinder.find_spec(fullname, path)) is None:
            return None
        spec.loader = self
        return spec

    def get_code(self, fullname: str) -> CodeType:
        return self.mutant.code(ROOT)
