"""Template tags of the articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse

if TYPE_CHECKING:
    from articles.enums import ArticleKind

register = template.Library()


@register.simple_tag
def feed_url(name: str, kind: ArticleKind | None) -> str:
    """The path of a feed, `articles:rss` or `articles:atom`, of one kind or of all."""
    return reverse(name, args=[kind.address] if kind else [])
