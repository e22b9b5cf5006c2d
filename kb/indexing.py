"""Telling search what changed. Enqueued in the change's own transaction (search.outbox)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import post_page_move

from kb.models import (
    CollectionPage,
    EventIndexPage,
    Method,
    Offer,
    Phrase,
    PublicationIndexPage,
    StandardPage,
    ThemeIndexPage,
    ThemePage,
)
from kb.search_documents import ITEMS, PAGES
from search.outbox import enqueue_instance, enqueue_many

INDEXED: tuple[type[models.Model], ...] = (
    *(row[3] for row in PAGES),
    *(row[4] for row in ITEMS),
)


def on_changed(instance: Any, **kwargs: Any) -> None:
    """Made, changed, published, withdrawn or deleted: search reads what is there now."""
    if not kwargs.get("raw"):
        enqueue_instance(instance)


# Kind of document -> what leads from a theme to its objects.
ABOUT_THEMES = {
    "publication": "publications",
    "event": "events",
    "method": "methods",
    "offer": "offers",
    "phrase": "phrases",
    "question": "question_cards",
}

for model in INDEXED:
    uid = f"kb.index.{model.__name__}"
    post_save.connect(on_changed, sender=model, dispatch_uid=uid)
    post_delete.connect(on_changed, sender=model, dispatch_uid=uid)


@receiver([post_save, post_delete], sender=ThemePage, dispatch_uid="kb.index.of_theme")
def on_theme_changed(instance: ThemePage, **kwargs: Any) -> None:
    """A theme's title stands in the documents of what is about it."""
    if instance.pk and not kwargs.get("raw"):
        for type_, name in ABOUT_THEMES.items():
            enqueue_many(type_, getattr(instance, name).values_list("pk", flat=True))


def on_themes_set(instance: Any, action: str, reverse: bool, **kwargs: Any) -> None:
    """The themes of an item are set after it was saved."""
    if action.startswith("post_") and not reverse:
        enqueue_instance(instance)


for model in (Method, Offer, Phrase):
    uid = f"kb.index.themes.{model.__name__}"
    m2m_changed.connect(on_themes_set, sender=model.themes.through, dispatch_uid=uid)


@receiver([post_save, post_delete], sender=CollectionPage, dispatch_uid="kb.index.of_collection")
def on_collection_changed(instance: CollectionPage, **kwargs: Any) -> None:
    """The address and the readers of a collection's items are those of the page that lists it."""
    for type_, _label, _plural, collection, model, _build in ITEMS:
        if collection == instance.collection:
            enqueue_many(type_, model._default_manager.values_list("pk", flat=True))


def on_address_changed(instance: Page, **kwargs: Any) -> None:
    """Saved or moved: what lies below a section has its address from it."""
    if kwargs.get("raw"):
        return
    for type_, _label, _plural, model, _build in PAGES:
        below = model.objects.descendant_of(instance, inclusive=True)
        enqueue_many(type_, below.values_list("pk", flat=True))


for section in (ThemeIndexPage, PublicationIndexPage, EventIndexPage, StandardPage):
    uid = f"kb.index.below.{section.__name__}"
    post_save.connect(on_address_changed, sender=section, dispatch_uid=uid)
post_page_move.connect(on_address_changed, dispatch_uid="kb.index.moved")
