"""Uploaded files in search. Who may open one may find it; restricted collections stay out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import pgettext_lazy
from wagtail.documents.models import Document as File
from wagtail.models import Collection, CollectionViewRestriction

from kb.domain.files import TYPE
from kb.tasks import read_file
from search.engines.base import Document
from search.outbox import enqueue, enqueue_many
from search.registry import DocumentSource, register

LOGIN = frozenset({"login"})


def open_files() -> QuerySet[File]:
    """Files that every employee may open.

    What a collection restricts to groups or by a password is not found by anybody: their rules
    are Wagtail's own, and search cannot promise to follow each of them.
    """
    login = CollectionViewRestriction.LOGIN
    hidden = Q()
    restrictions = CollectionViewRestriction.objects.exclude(restriction_type=login)
    for restriction in restrictions.select_related("collection"):
        hidden |= Q(collection__path__startswith=restriction.collection.path)
    files = File.objects.select_related("collection", "file_text")
    return files.exclude(hidden) if hidden else files


def file_document(file: File) -> Document:
    """Its title and text; expects a file of `open_files`."""
    kept = getattr(file, "file_text", None)
    day = timezone.localdate(file.created_at)
    return Document(
        id="",
        type="",
        title=file.title,
        body=kept.text if kept else "",
        url=file.url,
        year=day.year,
        published=day,
        acl=LOGIN,
    )


def _visible(user: Any, pks: list[str]) -> Iterable[Any]:
    if not user.is_authenticated:
        return []
    return open_files().filter(pk__in=pks).values_list("pk", flat=True)


register(
    DocumentSource(
        type=TYPE,
        label=pgettext_lazy("kind of document", "File"),
        label_plural=pgettext_lazy("kind of document", "Files"),
        model=File,
        build=file_document,
        queryset=open_files,
        visible=_visible,
    )
)


@receiver(post_save, sender=File, dispatch_uid="kb.index.file_saved")
def on_file_saved(instance: File, **kwargs: Any) -> None:
    """Found by its title at once, by its text when it is read."""
    if not kwargs.get("raw"):
        enqueue(TYPE, instance.pk)
        read_file.defer(document_id=instance.pk)


@receiver(post_delete, sender=File, dispatch_uid="kb.index.file_deleted")
def on_file_deleted(instance: File, **kwargs: Any) -> None:
    """Queue the deleted file, so that it leaves the index."""
    enqueue(TYPE, instance.pk)


@receiver(post_save, sender=Collection, dispatch_uid="kb.index.files_of_collection")
@receiver(
    [post_save, post_delete],
    sender=CollectionViewRestriction,
    dispatch_uid="kb.index.files_of_restriction",
)
def on_access_changed(instance: Any, **kwargs: Any) -> None:
    """A rule that changed touches every file below the collection."""
    if kwargs.get("raw"):
        return
    collection = getattr(instance, "collection", instance)
    below = File.objects.filter(collection__path__startswith=collection.path)
    enqueue_many(TYPE, below.values_list("pk", flat=True))
