"""Search as a given user: `manage.py search "praktik" --as mette --json`."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.base import CONTENT, FACETS, INDEXES, RELEVANCE, SORTS, SearchResult
from search.services import search_for


class Command(BaseCommand):
    help = "Prints what a person finds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--as", dest="username", required=True, metavar="USER")
        parser.add_argument("--index", choices=INDEXES, default=CONTENT)
        parser.add_argument("--filter", action="append", default=[], metavar="FACET=VALUE")
        parser.add_argument("--sort", choices=SORTS, default=RELEVANCE)
        parser.add_argument("--page", type=int, default=1)
        parser.add_argument("--size", type=int, default=10)
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        user = get_user_model().objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is no user {options['username']}.")
        try:
            result = search_for(
                user,
                options["query"],
                index=options["index"],
                filters=_filters(options["filter"]),
                sort=options["sort"],
                page=options["page"],
                size=options["size"],
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            json.dumps(_as_json(options["query"], result), ensure_ascii=False)
            if options["as_json"]
            else _as_text(result)
        )


def _filters(given: list[str]) -> dict[str, tuple[str, ...]]:
    filters: dict[str, tuple[str, ...]] = {}
    for pair in given:
        name, _, value = pair.partition("=")
        if name not in FACETS or not value:
            raise CommandError(f"A filter is FACET=VALUE, and {pair} is not one.")
        filters[name] = (*filters.get(name, ()), value)
    return filters


def _as_json(query: str, result: SearchResult) -> dict[str, Any]:
    return {
        "query": query,
        "engine": result.engine,
        "fallback": result.fallback,
        "total": result.total,
        "also": list(result.also),
        "took_ms": result.took_ms,
        "hits": [
            {
                "id": hit.id,
                "type": hit.type,
                "title": hit.title,
                "url": hit.url,
                "score": round(hit.score, 4),
                "snippet": hit.snippet_html,
            }
            for hit in result.hits
        ],
        "facets": {
            name: {value.value: value.count for value in values}
            for name, values in result.facets.items()
        },
    }


def _as_text(result: SearchResult) -> str:
    lines = [f"{result.total} found by {result.engine} in {result.took_ms} ms"]
    lines += [f"Also searched: {also}" for also in result.also]
    lines += [f"{hit.type:<14} {hit.title}  {hit.url}" for hit in result.hits]
    return "\n".join(lines)
