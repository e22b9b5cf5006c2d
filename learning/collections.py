"""What the pages »Metoder« and »Uddannelser« list (kb.models.collections)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.documents.models import Document

from kb.models import Collection, Section
from kb.models.collections import register_collection
from kb.models.sections import section_is_open
from learning.models import Method, Programme
from open_half.queries.open_files import register_open_use

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet


def programmes() -> QuerySet[Programme]:
    """With their modules at hand, so that a list of three costs what a list of one costs."""
    return Programme.objects.shown().prefetch_related("programme_modules__module")


def shows_openly(thing: Model) -> bool:
    """The files of a method are read by whoever reads the method."""
    if not isinstance(thing, Document) or not section_is_open(Section.METHODS):
        return False
    return Method.objects.shown().filter(materials=thing).exists()


register_open_use(shows_openly)
register_collection(
    Collection.METHODS, items=Method.objects.shown, template="learning/collections/methods.html"
)
register_collection(
    Collection.PROGRAMMES,
    items=programmes,
    template="learning/collections/programmes.html",
)
