"""Telling search what changed. Enqueued in the change's own transaction (search.outbox)."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from kb.models import Collection, CollectionPage, ThemePage
from learning.models import Method, Programme
from search.outbox import enqueue_instance, enqueue_many

COLLECTIONS = {
    Collection.METHODS: ("method", Method),
    Collection.PROGRAMMES: ("programme", Programme),
}


@receiver([post_save, post_delete], sender=Method, dispatch_uid="learning.index.Method")
@receiver([post_save, post_delete], sender=Programme, dispatch_uid="learning.index.Programme")
def on_changed(instance: Any, **kwargs: Any) -> None:
    """Made, changed or deleted: search reads what is there now."""
    if not kwargs.get("raw"):
        enqueue_instance(instance)


@receiver(m2m_changed, sender=Method.themes.through, dispatch_uid="learning.index.themes_of_method")
def on_themes_set(instance: Any, action: str, reverse: bool, **kwargs: Any) -> None:
    """The themes of a method are set after it was saved."""
    if action.startswith("post_") and not reverse:
        enqueue_instance(instance)


@receiver([post_save, post_delete], sender=ThemePage, dispatch_uid="learning.index.of_theme")
def on_theme_changed(instance: ThemePage, **kwargs: Any) -> None:
    """A method's document holds the titles of its themes."""
    if instance.pk and not kwargs.get("raw"):
        about = Method.objects.filter(themes=instance.pk)
        enqueue_many("method", about.values_list("pk", flat=True))


@receiver([post_save, post_delete], sender=CollectionPage, dispatch_uid="learning.index.of_list")
def on_collection_changed(instance: CollectionPage, **kwargs: Any) -> None:
    """What is listed has the address and visibility of the page that lists it."""
    if kind := COLLECTIONS.get(Collection(instance.collection)):
        name, model = kind
        enqueue_many(name, model._default_manager.values_list("pk", flat=True))
