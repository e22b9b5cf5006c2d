"""How good search is: `manage.py evaluate_search FILE --engine elasticsearch --json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection

from search.analysis.lexicon import default_lexicon
from search.analysis.planner import Planner
from search.engines import select
from search.engines.base import EngineUnavailable
from search.evaluation import evaluate
from search.local_server import local_server
from search.models import IndexedDocument

ENGINES = ("elasticsearch", "postgres", "baseline")


class Command(BaseCommand):
    help = "Measures an engine on judged queries, in a scratch index."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--engine", choices=ENGINES, required=True)
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        url = settings.ELASTICSEARCH_URL
        if options["engine"] == "elasticsearch" and not url:
            url = self._local_server()
        if options["engine"] == "postgres":
            _make_tables()
        try:
            judged = json.loads(options["file"].read_text(encoding="utf-8"))
            report = evaluate(judged, options["engine"], _planner(), url)
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['file']} cannot be read: {error}") from error
        except (KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"{options['file']} has not the right shape: {error}") from error
        except EngineUnavailable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            json.dumps(report, ensure_ascii=False) if options["as_json"] else _as_text(report)
        )

    def _local_server(self) -> str:
        """Without ELASTICSEARCH_URL: the server that `make elasticsearch` starts."""
        server = local_server()
        try:
            return server.ensure_running()
        except server.ElasticsearchUnavailable as error:
            raise CommandError(str(error)) from error


def _make_tables() -> None:
    """On a fresh clone the database has none yet."""
    if IndexedDocument._meta.db_table not in connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)


def _planner() -> Planner:
    """With the editors' words; with those of the program where there is no database yet."""
    try:
        return select.planner()
    except DatabaseError:
        return Planner(default_lexicon())


def _as_text(report: dict[str, Any]) -> str:
    lines = [f"{name:<12} {value}" for name, value in report.items() if name != "by_category"]
    lines += [f"  {name:<14} {value}" for name, value in report["by_category"].items()]
    return "\n".join(lines)
