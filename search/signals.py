"""A changed word list asks for the job that takes it into use. Rules: search/editing."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from search.editing.reindexing import request_reindex
from search.models import Word


@receiver([post_save, post_delete], sender=Word, dispatch_uid="search.words_changed")
def on_words_changed(**kwargs: Any) -> None:
    """Queries and documents must be read with the same words, so all are indexed again."""
    if not kwargs.get("raw"):
        request_reindex()
