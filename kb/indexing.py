"""Telling search what changed. Enqueued in the change's own transaction (search.outbox)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.signals import post_page_move

from kb.guidepost_tags import is_tagged
from kb.models import BasePage, CollectionPage, Guidepost, HomePage, SectionAccess, ThemePage
from kb.search_documents import KINDS
from search.outbox import enqueue_instance, enqueue_many
from search.registry import sources

if TYPE_CHECKING:
    from wagtail.models import Page

PAGES = [kind for kind in KINDS if not kind.collection]
ITEMS = [kind for kind in KINDS if kind.collection]


def on_changed(instance: Any, **kwargs: Any) -> None:
    """Made, changed, published, withdrawn or deleted: search reads what is there now."""
    if not kwargs.get("raw"):
        enqueue_instance(instance)


for kind in KINDS:
    uid = f"kb.index.{kind.model.__name__}"
    post_save.connect(on_changed, sender=kind.model, dispatch_uid=uid)
    post_delete.connect(on_changed, sender=kind.model, dispatch_uid=uid)


@receiver([post_save, post_delete], sender=ThemePage, dispatch_uid="kb.index.of_theme")
def on_theme_changed(instance: ThemePage, **kwargs: Any) -> None:
    """Search documents hold the titles of their themes, so a renamed theme reindexes them."""
    if instance.pk and not kwargs.get("raw"):
        for kind in KINDS:
            if kind.about_theme:
                about = getattr(instance, kind.about_theme)
                enqueue_many(kind.type, about.values_list("pk", flat=True))


def on_themes_set(instance: Any, action: str, reverse: bool, **kwargs: Any) -> None:
    """The themes of an item are set after it was saved."""
    if action.startswith("post_") and not reverse:
        enqueue_instance(instance)


for kind in ITEMS:
    if hasattr(kind.model, "themes"):
        uid = f"kb.index.themes.{kind.model.__name__}"
        m2m_changed.connect(on_themes_set, sender=kind.model.themes.through, dispatch_uid=uid)


@receiver([post_save, pre_delete], sender=Guidepost, dispatch_uid="kb.index.of_guidepost")
def on_guidepost_changed(instance: Guidepost, **kwargs: Any) -> None:
    """What is tagged with it is found by its title; before it is deleted, while that is known.

    Also what rooms above tag: they declare their documents, and nothing else.
    """
    for source in sources():
        if is_tagged(source.model) and not kwargs.get("raw"):
            about = source.model._default_manager.filter(guidepost=instance)
            enqueue_many(source.type, about.values_list("pk", flat=True))


@receiver([post_save, post_delete], sender=CollectionPage, dispatch_uid="kb.index.of_collection")
def on_collection_changed(instance: CollectionPage, **kwargs: Any) -> None:
    """A collection's items have the address and visibility of the page that lists them."""
    for kind in ITEMS:
        if kind.collection == instance.collection:
            enqueue_many(kind.type, kind.model._default_manager.values_list("pk", flat=True))


@receiver(post_save, sender=SectionAccess, dispatch_uid="kb.index.of_switch")
def on_section_changed(instance: SectionAccess, **kwargs: Any) -> None:
    """What everybody may read is found by everybody, from the moment its section is opened.

    Also the pages of rooms above: they name their section, and nothing else.
    """
    if kwargs.get("raw"):
        return
    pages = [
        (source.type, source.model)
        for source in sources()
        if issubclass(source.model, BasePage) and source.model.section == instance.section
    ]
    items = [(kind.type, kind.model) for kind in ITEMS if kind.collection == instance.section]
    for name, model in (*pages, *items):
        enqueue_many(name, model._default_manager.values_list("pk", flat=True))


def on_address_changed(instance: Page, **kwargs: Any) -> None:
    """A saved or moved section reindexes its subpages, whose addresses depend on it."""
    if kwargs.get("raw"):
        return
    for kind in PAGES:
        below = kind.model.objects.descendant_of(instance, inclusive=True)
        enqueue_many(kind.type, below.values_list("pk", flat=True))


def sections() -> set[type[Page]]:
    """The kinds of page below which the pages to be found lie; the front page never moves."""
    parents = {parent for kind in PAGES for parent in kind.model.allowed_parent_page_models()}
    return parents - {HomePage}


for section in sections():
    uid = f"kb.index.below.{section.__name__}"
    post_save.connect(on_address_changed, sender=section, dispatch_uid=uid)
post_page_move.connect(on_address_changed, dispatch_uid="kb.index.moved")
