"""Reindexes stories when a theme or guidepost in their search documents is renamed."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from kb.models import Guidepost, ThemePage
from search.outbox import enqueue_many


@receiver([post_save, post_delete], sender=ThemePage, dispatch_uid="stories.index.of_theme")
@receiver([post_save, post_delete], sender=Guidepost, dispatch_uid="stories.index.of_guidepost")
def on_name_changed(instance: Any, **kwargs: Any) -> None:
    """Search documents of stories hold the titles of themes and guideposts."""
    if instance.pk and not kwargs.get("raw"):
        enqueue_many("story", instance.stories.published().values_list("pk", flat=True))
