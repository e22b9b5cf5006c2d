"""Content is found by the guidepost it is tagged with (`kb.models.GuidepostTagged`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kb.models import GuidepostTagged

if TYPE_CHECKING:
    from django.db import models

    from search.engines.base import Document

Build = Callable[[Any], "Document | None"]


def is_tagged(model: type[models.Model]) -> bool:
    """Whether the model's rows can be tagged."""
    return issubclass(model, GuidepostTagged)


def with_guidepost(build: Build) -> Build:
    """The same search document, with the guidepost of what it is about as a facet."""

    def build_tagged(item: Any) -> Document | None:
        document = build(item)
        guidepost = item.shown_guidepost if isinstance(item, GuidepostTagged) else None
        if document is None or guidepost is None:
            return document
        return replace(document, guidepost=guidepost.title)

    return build_tagged


def fetch_guidepost(items: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The rows with their guideposts, so that a whole index costs one query."""
    return items.select_related("guidepost") if is_tagged(items.model) else items
