"""Template tags of what pages tell search engines, and of their other languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.translation import get_language_info

from open_half.sharing import head_of, short

if TYPE_CHECKING:
    from django.template.context import Context

    from kb.models import BasePage

register = template.Library()


@register.inclusion_tag("open_half/_page_head.html", takes_context=True)
def page_head(context: Context, page: BasePage) -> dict[str, Any]:
    """What search engines and sharing cards are told; to those logged in only not to index it."""
    if context["request"].user.is_authenticated or not page.pk:
        return {"description": short(page.summary())}
    return head_of(page)


@register.inclusion_tag("open_half/_versions.html", takes_context=True)
def versions(context: Context, page: BasePage) -> dict[str, Any]:
    """The page in its other languages, those that this visitor may open."""
    found = page.versions()
    if not context["request"].user.is_authenticated:
        found = [version for version in found if version.is_public]
    names = [get_language_info(version.language)["name_local"] for version in found]
    listed = zip(found, names, strict=True)
    return {"versions": [(one.language, name.capitalize(), one.url) for one, name in listed]}
