"""Telling search what changed. Enqueued in the change's own transaction (search.outbox)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import post_page_move

from events.models import EventIndexPage, EventPage
from kb.models import ThemePage
from search.outbox import enqueue_instance, enqueue_many

if TYPE_CHECKING:
    from wagtail.models import Page

import_module("events.search_documents")


@receiver([post_save, post_delete], sender=EventPage, dispatch_uid="events.index.event")
def on_event_changed(instance: EventPage, **kwargs: Any) -> None:
    """Made, changed, published, withdrawn or deleted: search reads what is there now."""
    if not kwargs.get("raw"):
        enqueue_instance(instance)


@receiver([post_save, post_delete], sender=ThemePage, dispatch_uid="events.index.of_theme")
def on_theme_changed(instance: ThemePage, **kwargs: Any) -> None:
    """Search documents hold the titles of their themes, so a renamed theme reindexes them."""
    if instance.pk and not kwargs.get("raw"):
        enqueue_many("event", instance.events.values_list("pk", flat=True))


@receiver(post_save, sender=EventIndexPage, dispatch_uid="events.index.of_section")
@receiver(post_page_move, dispatch_uid="events.index.moved")
def on_address_changed(instance: Page, **kwargs: Any) -> None:
    """A saved or moved section reindexes its events, whose addresses depend on it."""
    if not kwargs.get("raw"):
        below = EventPage.objects.descendant_of(instance, inclusive=True)
        enqueue_many("event", below.values_list("pk", flat=True))
