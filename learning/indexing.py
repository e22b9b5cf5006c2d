"""Telling search what changed. Enqueued in the change's own transaction (search.outbox)."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from kb.models import ThemePage
from learning.models import Method, Module, Programme, ProgrammeModule, Root
from search.outbox import enqueue, enqueue_instance, enqueue_many


def on_changed(instance: Any, **kwargs: Any) -> None:
    """Made, changed or deleted: search reads what is there now."""
    if not kwargs.get("raw"):
        enqueue_instance(instance)


for model in (Method, Module, Programme, Root):
    uid = f"learning.index.{model.__name__}"
    post_save.connect(on_changed, sender=model, dispatch_uid=uid)
    post_delete.connect(on_changed, sender=model, dispatch_uid=uid)


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


@receiver([post_save, post_delete], sender=ProgrammeModule, dispatch_uid="learning.index.parts")
def on_part_changed(instance: ProgrammeModule, **kwargs: Any) -> None:
    """A programme is found by its modules, which are saved after it."""
    if not kwargs.get("raw"):
        enqueue("programme", instance.programme_id)


@receiver(post_save, sender=Module, dispatch_uid="learning.index.programmes_of_module")
def on_module_changed(instance: Module, **kwargs: Any) -> None:
    """A renamed module reindexes the programmes that it is a part of."""
    if not kwargs.get("raw"):
        enqueue_many("programme", instance.in_programmes.values_list("programme", flat=True))
