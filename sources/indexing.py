"""Telling search what changed. Enqueued in the change's own transaction (search.outbox)."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from search.outbox import enqueue, enqueue_instance
from sources.models import Source, SourceAuthor


@receiver([post_save, post_delete], sender=Source, dispatch_uid="sources.index.source")
def on_source_changed(instance: Source, **kwargs: Any) -> None:
    """Written down, corrected, retracted or deleted: search reads what is there now."""
    if not kwargs.get("raw"):
        enqueue_instance(instance)


@receiver([post_save, post_delete], sender=SourceAuthor, dispatch_uid="sources.index.author")
def on_author_changed(instance: SourceAuthor, **kwargs: Any) -> None:
    """A source is found by its authors, who are saved after it."""
    if not kwargs.get("raw"):
        enqueue("source", instance.source_id)
