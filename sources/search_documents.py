"""How sources are found: by who is logged in, as their list is; also by nothing but their DOI."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from search.engines.base import Document
from search.registry import DocumentSource, register
from sources.fields import plain_doi
from sources.models import Source

if TYPE_CHECKING:
    from sources.models.sources import SourceQuerySet

TYPE = "source"
LOGIN = frozenset({"login"})


def source_document(source: Source) -> Document:
    """A source, found by its authors, where it was published, and why it was retracted."""
    words = (
        source.byline,
        source.published_in,
        str(source.get_kind_display()),
        source.doi,
        source.retracted_because,
    )
    return Document(
        id="",
        type="",
        title=source.title,
        body="\n".join(filter(None, words)),
        url=reverse("sources:source", args=[source.slug]),
        year=source.year,
        acl=LOGIN,
    )


def _all() -> SourceQuerySet:
    return Source.objects.with_authors()


def _readable(user: Any, pks: list[str]) -> Iterable[Any]:
    if not user.is_authenticated:
        return []
    return Source.objects.filter(pk__in=pks).values_list("pk", flat=True)


def _with_doi(user: Any, query: str) -> str:
    """Where the work with exactly that DOI is written down."""
    doi = plain_doi(query)
    if not user.is_authenticated or not doi.startswith("10."):
        return ""
    slug = Source.objects.filter(doi=doi).values_list("slug", flat=True).first()
    return reverse("sources:source", args=[slug]) if slug else ""


register(
    DocumentSource(
        type=TYPE,
        label=_("Source"),
        label_plural=_("Sources"),
        model=Source,
        build=source_document,
        queryset=_all,
        visible=_readable,
        named=_with_doi,
    )
)
