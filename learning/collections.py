"""What the pages »Metoder« and »Uddannelser« list (kb.models.collections)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.models import Collection
from kb.models.collections import register_collection
from learning.models import Method, Programme

if TYPE_CHECKING:
    from django.db.models import QuerySet


def programmes() -> QuerySet[Programme]:
    """With their modules at hand, so that a list of three costs what a list of one costs."""
    return Programme.objects.shown().prefetch_related("programme_modules__module")


register_collection(
    Collection.METHODS, items=Method.objects.shown, template="learning/collections/methods.html"
)
register_collection(
    Collection.PROGRAMMES,
    items=programmes,
    template="learning/collections/programmes.html",
)
