"""The local Elasticsearch on the command line.

python -m devtools.elasticsearch start|run|status|stop [--port N] [--name NAME] [--json]
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from types import FrameType
from typing import Any

from devtools.elasticsearch.folders import ElasticsearchUnavailable, cache_folder
from devtools.elasticsearch.server import answers, ensure_running, state_of, stop


def _run(port: int | None, name: str) -> None:
    """Serve until Ctrl-C."""

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    url = ensure_running(port, name=name)
    print(f"Elasticsearch answers at {url} (Ctrl-C stops it).", flush=True)
    try:
        while state_of(cache_folder(), name):
            time.sleep(1)
    finally:
        stop(name=name)


def _answer(action: str, port: int | None, name: str) -> dict[str, Any]:
    if action == "stop":
        return {"name": name, "running": False, "stopped": stop(name=name)}
    if action == "start":
        ensure_running(port, name=name)
    state = state_of(cache_folder(), name)
    if state is None:
        return {"name": name, "running": False}
    return {
        "name": name,
        "running": answers(state["url"]),
        "url": state["url"],
        "port": state["port"],
        "pid": state["pid"],
    }


def main(arguments: list[str] | None = None) -> int:
    """Entry point; 0 when the wish was met, 1 with one sentence when not."""
    parser = argparse.ArgumentParser(description="A real Elasticsearch for development and tests.")
    parser.add_argument("action", choices=("start", "run", "status", "stop"))
    parser.add_argument("--port", type=int)
    parser.add_argument("--name", default="default")
    parser.add_argument("--json", action="store_true", dest="as_json")
    options = parser.parse_args(arguments)
    try:
        if options.action == "run":
            _run(options.port, options.name)
            return 0
        answer = _answer(options.action, options.port, options.name)
    except KeyboardInterrupt:
        return 130
    except ElasticsearchUnavailable as error:
        print(
            json.dumps({"error": str(error)}) if options.as_json else f"Error: {error}",
            file=sys.stderr,
        )
        return 1
    text = (
        f"Elasticsearch answers at {answer['url']}"
        if answer["running"]
        else "Elasticsearch is stopped"
    )
    print(json.dumps(answer) if options.as_json else text + ".")
    return 0 if answer["running"] or options.action == "stop" else 1


if __name__ == "__main__":
    sys.exit(main())
