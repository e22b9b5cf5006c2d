"""The methods' own pages in the site map, while search engines may show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.models import Section
from kb.models.sections import section_is_indexed
from learning.models import Method
from open_half.sitemaps import OwnSitemap, register_sitemap

if TYPE_CHECKING:
    from datetime import datetime


class MethodSitemap(OwnSitemap):
    """Every method."""

    def items(self) -> list[Method]:
        return list(Method.objects.shown()) if section_is_indexed(Section.METHODS) else []

    def lastmod(self, item: Method) -> datetime:
        return item.changed_at


register_sitemap("methods", MethodSitemap())
