"""The site map: only what everybody reads and search engines may show, asked at every visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from wagtail.models import get_page_models

from kb.knowledge_apps import KNOWLEDGE_APPS
from kb.models import BasePage
from kb.models.base import indexed
from open_half.sharing import alternates

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.sites.models import Site
    from django.contrib.sites.requests import RequestSite


class OwnSitemap(Sitemap):
    """Addresses at the installation's own address, whatever a request calls it."""

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: Site | RequestSite | None = None) -> str:
        return urlsplit(settings.BASE_URL).netloc


class PageSitemap(OwnSitemap):
    """The pages of one kind."""

    def __init__(self, model: type[BasePage]) -> None:
        self.model = model

    def items(self) -> list[BasePage]:
        return list(indexed(self.model._default_manager.order_by("path")))

    def location(self, item: BasePage) -> str:
        return str(item.url)

    def lastmod(self, item: BasePage) -> datetime | None:
        return item.last_published_at

    def get_urls(self, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        """Each with its other languages, where it has any."""
        urls: list[dict[str, Any]] = super().get_urls(*args, **kwargs)
        if self.model.is_translatable:
            for url in urls:
                url["alternates"] = [
                    {"lang_code": language, "location": address}
                    for language, address in alternates(url["item"])
                ]
        return urls


_above: dict[str, OwnSitemap] = {}


def register_sitemap(name: str, sitemap: OwnSitemap) -> None:
    """Add the addresses of a room above kb that are no pages."""
    _above[name] = sitemap


def page_kinds() -> list[type[BasePage]]:
    """The kinds of pages that may ever be shown by search engines."""
    return [
        model
        for model in get_page_models()
        if issubclass(model, BasePage) and model._meta.app_label in KNOWLEDGE_APPS
    ]


def sitemaps() -> dict[str, Any]:
    """One for each kind of page, and what rooms above added."""
    return {model._meta.label_lower: PageSitemap(model) for model in page_kinds()} | _above
