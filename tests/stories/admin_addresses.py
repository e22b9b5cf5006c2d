"""Every address of the editors' admin, filled with real objects: what leak tests walk through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.admin.views.mixins import SpreadsheetExportMixin

ADMIN = "redaktion/"
# Named by what they hold, in the words of Wagtail's addresses; "" fits any other number.
PAGE = {"page_id", "page_pk", "page_to_move_id", "parent_page_id", "destination_id"}
WORDS = {
    "content_type_app_name": "stories",
    "content_type_model_name": "storypage",
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
    "filter_spec": "original",
    "uidb64": "x",
    "token": "x",
}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
REGULAR = re.compile(r"\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)")


@dataclass(frozen=True)
class Address:
    """A filled address, and whether it is also given as a spreadsheet."""

    path: str
    exports: bool


@dataclass
class Filling:
    """What stands in the addresses: pages to ask about, and one real object for each other name."""

    pages: list[int]
    objects: dict[str, list[Any]] = field(default_factory=dict)

    def of(self, name: str, route: str) -> list[Any]:
        if name in PAGE or (name == "pk" and ("pages/" in route or "/main/" in route)):
            return self.pages
        for start, values in self.objects.items():
            if name == start or (name in ("pk", "object_id") and start in route):
                return values
        return [WORDS.get(name, 1)]


def admin_addresses(filling: Filling) -> list[Address]:
    """Every address of the resolver below /redaktion/, once for each way to fill it."""
    found: dict[str, Address] = {}
    for pattern, route in _walk(get_resolver()):
        for path in _filled(route, filling):
            view = getattr(pattern.callback, "view_class", None)
            exports = isinstance(view, type) and issubclass(view, SpreadsheetExportMixin)
            found[path] = Address(path, exports)
    return list(found.values())


def _walk(resolver: URLResolver, before: str = "") -> Iterator[tuple[URLPattern, str]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern).replace("^", "").replace("$", "")
        if isinstance(pattern, URLResolver):
            if (route + ADMIN).startswith(ADMIN):
                yield from _walk(pattern, route)
        elif route.startswith(ADMIN) and route != f"{ADMIN}.*/":
            yield pattern, route


def _filled(route: str, filling: Filling) -> Iterator[str]:
    if "/bulk/" in route:
        for action, page in product(("delete", "move", "publish", "unpublish"), filling.pages):
            yield f"/{ADMIN}bulk/wagtailcore/page/{action}/?id={page}&next=/"
        return
    route = REGULAR.sub(r"<\1>", route).replace("\\", "")
    names = PARAMETER.findall(route)
    for values in product(*(filling.of(name, route) for name in names)):
        yield "/" + PARAMETER.sub("{}", route).format(*values)
