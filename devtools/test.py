"""`make test`: real PostgreSQL, real Elasticsearch, real Chromium.

What a machine lacks is skipped with its reason and counted in the last lines. With CI=true
nothing may be skipped. Arguments go to pytest: `make test ARGS="tests/search -q"`.

`make acceptance` runs the five stories of tests/browser/test_moves_in_*.py, in one process and in
their order; they are not in `make test`.

`make coverage` runs every test measured by coverage.py, in all its processes, and fails under the
floors in pyproject.toml. It takes about half as long again, so `make test` does not measure.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from devtools import ROOT, coverage_floors
from devtools.elasticsearch import server
from devtools.elasticsearch.folders import ElasticsearchUnavailable, cache_folder

PYTEST = ["-m", "pytest"]
# An acceptance test stands on the one before it: they run in their order, in one process.
EVERYTHING = ["-n", "2", "--dist", "loadgroup", "-m", "not acceptance"]
COVERAGE = [sys.executable, "-m", "coverage"]
SERVER = "tests"


@contextmanager
def _search_server(environment: dict[str, str]) -> Iterator[None]:
    """One Elasticsearch for all test processes; where there can be none the tests say why."""
    cache = cache_folder()
    if environment.get("ELASTICSEARCH_URL") or server.state_of(cache, SERVER):
        yield
        return
    try:
        environment["TEST_ELASTICSEARCH_URL"] = server.ensure_running(name=SERVER)
    except ElasticsearchUnavailable as reason:
        print(f"Without Elasticsearch: {reason}", flush=True)
        yield
        return
    try:
        yield
    finally:
        server.stop(name=SERVER)


def _run(command: list[str], environment: dict[str, str]) -> int:
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def _measured(environment: dict[str, str]) -> int:
    _run([*COVERAGE, "erase"], environment)
    failed = _run([*COVERAGE, "run", *PYTEST, *EVERYTHING], environment)
    report = ROOT / "var" / "coverage" / "report.json"
    for step in (["combine", "--quiet"], ["json", "--quiet", "-o", str(report)]):
        failed = _run([*COVERAGE, *step], environment) or failed
    return coverage_floors.check(report) or failed


def main() -> int:
    """Run pytest, with the arguments or on everything; its exit code."""
    environment = {**os.environ}
    arguments = sys.argv[1:]
    if arguments and arguments != ["--coverage"]:
        return _run([sys.executable, *PYTEST, *arguments], environment)
    with _search_server(environment):
        if arguments:
            return _measured(environment)
        return _run([sys.executable, *PYTEST, *EVERYTHING], environment)


if __name__ == "__main__":
    sys.exit(main())
