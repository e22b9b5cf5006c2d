"""The demo's share of search: a synonym, a recommendation, a saved search, questions in vain."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.models import Employee
from people.roles import Role
from search import registry
from search.domain.saved import save_search
from search.engines.base import CONTENT
from search.models import Promotion, QueryLogEntry, SavedSearch, Synonym
from search.models.words import PromotionKind

# Query -> how many days ago it was asked in vain.
IN_VAIN = {
    "kørekort": (1, 3, 4, 8, 15),
    "nattevagt": (2, 6, 9),
    "fodboldtræner": (1, 5, 12, 20),
}


@transaction.atomic
def load() -> dict[str, int]:
    """Make what is missing; returns how many of each kind were made."""
    synonym = Synonym.objects.get_or_create(
        words="vp, virksomhedspraktik", defaults={"note": "Vores egen forkortelse"}
    )[1]
    return {
        "synonyms": int(synonym),
        "recommendations": _recommend(),
        "saved searches": _save(),
        "searches in vain": _ask_in_vain(),
    }


def _recommend() -> int:
    source = registry.source("theme")
    theme = source.queryset().order_by("pk").first() if source else None
    editor = Employee.objects.filter(roles__contains=[Role.EDITOR]).first()
    if source is None or theme is None:
        return 0
    return int(
        Promotion.objects.get_or_create(
            trigger="tro på borgeren",
            document=source.document_id(theme.pk),
            defaults={"kind": PromotionKind.SHOW_FIRST, "title": theme.title, "owner": editor},
        )[1]
    )


def _save() -> int:
    owner = Employee.objects.filter(roles__contains=[Role.CASEWORKER], is_active=True).first()
    if owner is None or SavedSearch.objects.exists():
        return 0
    save_search(actor=owner, query="mikropraktik", filters={"type": ("story",)})
    return 1


def _ask_in_vain() -> int:
    if QueryLogEntry.objects.exists():
        return 0
    made = 0
    for query, days in IN_VAIN.items():
        for ago in days:
            entry = QueryLogEntry.objects.create(query=query, hits=0, index=CONTENT)
            day = timezone.localdate() - timedelta(days=ago)
            made += QueryLogEntry.objects.filter(pk=entry.pk).update(day=day)
    return made
