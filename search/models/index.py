"""The PostgreSQL engine's index, and the outbox of changes."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexedDocument(models.Model):
    """One document of the PostgreSQL engine (docs/search.md).

    `facets` holds "name=value". `vector` has a word's token with weight A (title) or B (body) and
    the tokens of its parts with C or D. Written by `engines/postgres.py` only. A deleted document
    stays as a row without `acl` for a while, so that a late event does not bring it back.
    """

    namespace = models.CharField(_("index"), max_length=60)
    document_id = models.CharField(_("document"), max_length=200)
    type = models.CharField(_("type"), max_length=60, blank=True)
    title = models.TextField(_("title"), blank=True)
    title_sort = models.CharField(_("title to sort by"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    facets = ArrayField(models.CharField(max_length=260), verbose_name=_("facets"), default=list)
    published = models.DateField(_("published"), null=True, blank=True)
    acl = ArrayField(models.CharField(max_length=80), verbose_name=_("readers"), default=list)
    version = models.BigIntegerField(_("version"))
    deleted = models.BooleanField(_("deleted"), default=False)
    written = models.DateTimeField(_("written"), auto_now=True)
    vector = SearchVectorField(_("tokens"))
    suggest = SearchVectorField(_("beginnings"))
    words = ArrayField(models.TextField(), verbose_name=_("words"), default=list)

    class Meta:
        verbose_name = _("indexed document")
        verbose_name_plural = _("indexed documents")
        ordering = ["namespace", "document_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["namespace", "document_id"], name="indexeddocument_once"
            ),
            models.CheckConstraint(
                condition=models.Q(deleted=False) | models.Q(acl=[]),
                name="indexeddocument_deleted_unreadable",
            ),
        ]
        indexes = [
            GinIndex(fields=["vector"], name="indexeddocument_vector"),
            GinIndex(fields=["suggest"], name="indexeddocument_suggest"),
            GinIndex(fields=["acl"], name="indexeddocument_acl"),
            GinIndex(fields=["words"], name="indexeddocument_words"),
        ]

    def __str__(self) -> str:
        return f"{self.namespace}/{self.document_id}"


class IndexedWord(models.Model):
    """A word of some document, for near spellings.

    Never shown directly: a word is suggested only if a document that the user may read has it.
    """

    namespace = models.CharField(_("index"), max_length=60)
    word = models.CharField(_("word"), max_length=200)

    class Meta:
        verbose_name = _("indexed word")
        verbose_name_plural = _("indexed words")
        ordering = ["word"]
        constraints = [
            models.UniqueConstraint(fields=["namespace", "word"], name="indexedword_once")
        ]
        indexes = [
            GinIndex(fields=["word"], name="indexedword_near", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.word


class OutboxEvent(models.Model):
    """A change to index: written in the change's transaction, deleted when every engine has it.

    `source` and `object_id` say what; what is stored in the engines is read at delivery.
    """

    source = models.CharField(_("source"), max_length=60)
    object_id = models.CharField(_("object"), max_length=64)
    created = models.DateTimeField(_("when"), auto_now_add=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("change to be indexed")
        verbose_name_plural = _("changes to be indexed")
        ordering = ["id"]
        indexes = [models.Index(fields=["source", "object_id"], name="outboxevent_object")]

    def __str__(self) -> str:
        return f"{self.source}:{self.object_id}"


class Rebuild(models.Model):
    """How far the building of one engine's index has come, so that it goes on after a crash.

    One row per engine and index: `target` is the concrete index being filled (Elasticsearch),
    `floor` the version from which on a document counts as written by this building.
    """

    engine = models.CharField(_("engine"), max_length=20, editable=False)
    index = models.CharField(_("index"), max_length=20, editable=False)
    target = models.CharField(_("being filled"), max_length=120, editable=False, blank=True)
    floor = models.BigIntegerField(_("first version"), default=0)
    source = models.CharField(_("at type"), max_length=60, editable=False, blank=True)
    last_pk = models.CharField(_("after object"), max_length=64, editable=False, blank=True)
    documents = models.PositiveIntegerField(_("documents"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    expected = models.PositiveIntegerField(_("expected"), default=0)
    started = models.DateTimeField(_("started"))
    finished = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("building of a search index")
        verbose_name_plural = _("buildings of search indexes")
        ordering = ["engine", "index"]
        constraints = [
            models.UniqueConstraint(fields=["engine", "index"], name="rebuild_once_per_index")
        ]

    def __str__(self) -> str:
        return f"{self.engine}/{self.index}"
