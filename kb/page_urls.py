"""Addresses of pages: Danish ones stand at the root, English ones below `/en/`.

Wagtail asks for a page's address in the page's own language, so the prefix follows the page. What
arrives is told apart by its path alone: the language that somebody chose for menus and buttons
(`set_language`) moves no page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import URLResolver, re_path
from django.utils import translation
from wagtail.models import Page, Site
from wagtail.urls import serve_pattern
from wagtail.views import serve

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

OTHER_LANGUAGE = "en"
PREFIX = f"{OTHER_LANGUAGE}/"


class PagePrefix:
    """A part of an address, as Django's resolver asks for it."""

    converters: dict[str, Any] = {}

    @property
    def regex(self) -> re.Pattern[str]:
        """What addresses begin with, in the language that is active while one is made."""
        return re.compile(PREFIX if translation.get_language() == OTHER_LANGUAGE else "")

    def match(self, path: str) -> tuple[str, tuple[()], dict[str, Any]]:
        """Every path; without the prefix, which `serve_page` reads from the request."""
        return path.removeprefix(PREFIX), (), {}

    def check(self) -> list[Any]:
        return []

    def __str__(self) -> str:
        return ""


def language_of(path: str) -> str:
    """The language of the pages below a path."""
    return OTHER_LANGUAGE if path.startswith(f"/{PREFIX}") else settings.LANGUAGE_CODE


def serve_page(request: HttpRequest, path: str) -> HttpResponseBase:
    """The page at an address; an English one with English menus, whatever was chosen."""
    language = language_of(request.path_info)
    request._wagtail_route_for_request = _route(request, path, language)  # type: ignore[attr-defined]
    if language == OTHER_LANGUAGE:
        translation.activate(language)
        request.LANGUAGE_CODE = language
    response: HttpResponseBase = serve(request, path)
    return response


def _route(request: HttpRequest, path: str, language: str) -> Any:
    site = Site.find_for_request(request)
    if site is None:
        return None
    root: Page | None = site.root_page
    if language == OTHER_LANGUAGE:
        translations = site.root_page.get_translations()
        root = translations.filter(locale__language_code=language, live=True).first()
    if root is None:
        return None
    return root.specific.route(request, [part for part in path.split("/") if part])


PAGES = URLResolver(
    PagePrefix(),  # type: ignore[arg-type]
    [re_path(serve_pattern, serve_page, name="wagtail_serve")],
)
