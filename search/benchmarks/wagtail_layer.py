"""Wagtail's own search layer (modelsearch) on the same documents, to compare with.

It has neither access tokens nor highlighting, and counts one facet per query: it is asked
for a page of hits and four facets, as one would build the page with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from elasticsearch import Elasticsearch
from modelsearch import index
from modelsearch.backends.elasticsearch9 import SearchBackend

from search.models import IndexedDocument

BATCH = 500
PAGE = 10


class LayerDocument(index.Indexed, IndexedDocument):
    """The rows of the PostgreSQL engine, declared to Wagtail's layer."""

    search_fields = [
        index.SearchField("title", boost=1.5),
        index.SearchField("body"),
        index.AutocompleteField("title"),
        index.FilterField("type"),
        index.FilterField("namespace"),
        index.FilterField("published"),
        index.FilterField("deleted"),
        index.FilterField("title_sort"),
    ]

    class Meta:
        proxy = True
        app_label = "search"


FACETS = ("type", "published", "deleted", "namespace")


class Layer:
    """Wagtail's Elasticsearch backend with an index of its own."""

    def __init__(self, url: str, prefix: str) -> None:
        self._url, self._prefix = url, prefix

    def _backend(self) -> SearchBackend:
        return SearchBackend({"URLS": [self._url], "INDEX_PREFIX": self._prefix, "TIMEOUT": 60})

    def fill(self, namespace: str) -> int:
        """Index every row of a namespace; returns how many."""
        backend = self._backend()
        rebuilder = backend.rebuilder_class(backend.get_index_for_model(LayerDocument))
        target = rebuilder.start()
        target.add_model(LayerDocument)
        stored = 0
        for rows in _batches(LayerDocument.objects.filter(namespace=namespace).iterator(BATCH)):
            target.add_items(LayerDocument, rows)
            stored += len(rows)
        rebuilder.finish()
        return stored

    def asker(self) -> Callable[[str], int]:
        """A function that asks for a page and four facets; returns how many there are."""
        backend, documents = self._backend(), LayerDocument.objects.filter(deleted=False)

        def ask(query: str) -> int:
            found = backend.search(query, documents, operator="or")
            for name in FACETS:
                found.facet(name)
            len(list(found[:PAGE]))
            return int(found.count())

        return ask

    def drop(self) -> None:
        """Forget the index."""
        client = Elasticsearch(self._url)
        for name in client.indices.get(index=f"{self._prefix}*").body:
            client.indices.delete(index=name)


def _batches(rows: Iterable[LayerDocument]) -> Iterator[list[LayerDocument]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch
