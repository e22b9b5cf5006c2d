"""What the pages »Metoder« and »Uddannelser« list (kb.models.collections)."""

from __future__ import annotations

from kb.models import Collection
from kb.models.collections import register_collection
from learning.models import Method, Programme

register_collection(
    Collection.METHODS, items=Method.objects.all, template="learning/collections/methods.html"
)
register_collection(
    Collection.PROGRAMMES,
    items=Programme.objects.all,
    template="learning/collections/programmes.html",
)
