"""`robots.txt` and `sitemap.xml`: what search engines may fetch, and where it is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.sitemaps.views import sitemap as draw_sitemap
from django.http import HttpResponse

from kb.models import CollectionPage, StandardPage
from kb.models.base import IndexPage, indexed
from open_half.sitemaps import page_kinds, sitemaps
from people.mails import absolute

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.template.response import TemplateResponse

# What an open page is drawn with.
DRAWN_WITH = ("/static/", "/billeder/", "/sitemap.xml")


def sitemap(request: HttpRequest) -> TemplateResponse:
    """Every address that is open and may be shown."""
    return draw_sitemap(request, sitemaps())


def robots(request: HttpRequest) -> HttpResponse:
    """Nothing, until somebody lets search engines show a section; then that, and nothing else."""
    allowed = _allowed()
    lines = ["User-agent: *"]
    if allowed:
        lines += [f"Allow: {address}" for address in ("/$", *DRAWN_WITH, *allowed)]
    lines += ["Disallow: /"]
    if allowed:
        lines += ["", f"Sitemap: {absolute('/sitemap.xml')}"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _allowed() -> list[str]:
    """The addresses of lists, which those of their pages begin with, and of texts."""
    listing = [kind for kind in page_kinds() if issubclass(kind, (IndexPage, CollectionPage))]
    pages = [
        page for kind in [*listing, StandardPage] for page in indexed(kind._default_manager.all())
    ]
    return sorted(str(page.url) for page in pages)
