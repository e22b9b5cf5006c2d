"""Telling search what changed. Enqueued in the change's own transaction (search.outbox)."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_slug_changed, post_page_move

from kb.documents import ITEMS, PAGES
from kb.models import CollectionPage, ThemePage
from search.outbox import enqueue_instance, enqueue_many

INDEXED = (*(row[3] for row in PAGES), *(row[4] for row in ITEMS))


def on_changed(instance: Any, **kwargs: Any) -> None:
    """Made, changed, published, withdrawn or deleted: search reads what is there now."""
    if not kwargs.get("raw"):
        enqueue_instance(instance)


for model in INDEXED:
    post_save.connect(on_changed, sender=model, dispatch_uid=f"kb.index.{model.__name__}")
    post_delete.connect(on_changed, sender=model, dispatch_uid=f"kb.index.{model.__name__}")


@receiver([post_save, post_delete], sender=ThemePage, dispatch_uid="kb.index.of_theme")
def on_theme_changed(instance: ThemePage, **kwargs: Any) -> None:
    """A theme's title stands in the documents of its publications and events."""
    if instance.pk and not kwargs.get("raw"):
        enqueue_many("publication", instance.publications.values_list("pk", flat=True))
        enqueue_many("event", instance.events.values_list("pk", flat=True))


@receiver([post_save, post_delete], sender=CollectionPage, dispatch_uid="kb.index.of_collection")
def on_collection_changed(instance: CollectionPage, **kwargs: Any) -> None:
    """The address and the readers of a collection's items are those of the page that lists it."""
    for type_, _label, _plural, collection, model, _build in ITEMS:
        if collection == instance.collection:
            enqueue_many(type_, model._default_manager.values_list("pk", flat=True))


@receiver([page_slug_changed, post_page_move], dispatch_uid="kb.index.addresses")
def on_address_changed(instance: Page, **kwargs: Any) -> None:
    """Everything below a page has a new address."""
    for page in instance.get_descendants(inclusive=True).specific():
        if isinstance(page, CollectionPage):
            on_collection_changed(page)
        else:
            enqueue_instance(page)
