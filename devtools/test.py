"""`make test`: real PostgreSQL, real Elasticsearch, real Chromium.

What a machine lacks is skipped with its reason and counted in the last lines. With CI=true
nothing may be skipped. Arguments go to pytest: `make test ARGS="tests/search -q"`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from devtools import ROOT
from devtools.elasticsearch import server
from devtools.elasticsearch.folders import ElasticsearchUnavailable, cache_folder

PYTEST = [sys.executable, "-m", "pytest"]
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


def main() -> int:
    environment = {**os.environ}
    if arguments := sys.argv[1:]:
        return subprocess.run([*PYTEST, *arguments], cwd=ROOT, env=environment).returncode
    with _search_server(environment):
        everything = [*PYTEST, "-n", "2", "--dist", "loadgroup"]
        return subprocess.run(everything, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
