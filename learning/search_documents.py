"""How methods and training programmes are found: by everybody who is logged in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from kb.models import Collection, CollectionPage
from learning.models import Method, Programme
from search.engines.base import Document
from search.registry import DocumentSource, register

if TYPE_CHECKING:
    from django.db import models

OPEN, LOGIN = frozenset({"open"}), frozenset({"login"})


def _listed(collection: str, anchor: str, title: str, body: str, **more: Any) -> Document | None:
    page = CollectionPage.objects.live().filter(collection=collection).first()
    if page is None or not page.url:
        return None
    acl = OPEN if page.is_open else LOGIN
    return Document(
        id="", type="", title=title, body=body, url=f"{page.url}#{anchor}", acl=acl, **more
    )


def _readable(collection: str, model: type[models.Model]) -> Callable[[Any, list[str]], Iterable]:
    def visible(user: Any, pks: list[str]) -> Iterable[Any]:
        listing = CollectionPage.objects.live().filter(collection=collection)
        if not user.is_authenticated:
            listing = listing.filter(is_open=True)
        found = model._default_manager.filter(pk__in=pks)
        return found.values_list("pk", flat=True) if listing.exists() else []

    return visible


def method_document(method: Method) -> Document | None:
    """A method, found by its steps and by when to use it and when not."""
    body = "\n".join((method.purpose, method.when, method.when_not, method.steps))
    themes = method.themes.filter(live=True).order_by("number")
    topics = tuple(themes.values_list("nav_title", flat=True))
    return _listed(Collection.METHODS, method.slug, method.name, body, topics=topics)


def programme_document(programme: Programme) -> Document | None:
    """A level of a training programme, found by its modules and its note."""
    body = f"{programme.modules}\n{programme.note}"
    return _listed(Collection.PROGRAMMES, programme.slug, str(programme), body)


register(
    DocumentSource(
        type="method",
        label=_("Method"),
        label_plural=_("Methods"),
        model=Method,
        build=method_document,
        queryset=Method.objects.all,
        visible=_readable(Collection.METHODS, Method),
    )
)
register(
    DocumentSource(
        type="programme",
        label=_("Training programme"),
        label_plural=_("Training programmes"),
        model=Programme,
        build=programme_document,
        queryset=Programme.objects.all,
        visible=_readable(Collection.PROGRAMMES, Programme),
    )
)
