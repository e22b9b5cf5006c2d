"""Which documents editors put first or leave out for a query; access is checked elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from search.engines.base import CONTENT
from search.models import IndexedDocument, Promotion
from search.models.words import PromotionKind, PromotionMatch

if TYPE_CHECKING:
    from search.analysis.planner import Planner


@dataclass(frozen=True)
class Promotions:
    """Document ids: those to show first, in order, and those to leave out."""

    first: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


def promotions_for(planner: Planner, query: str, index: str) -> Promotions:
    """Today's promotions for a query; none for an empty query, and none among cases."""
    if index != CONTENT or not query.strip():
        return Promotions()
    today = timezone.localdate()
    running = Promotion.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=today),
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
    ).order_by("pk")
    typed, tokens = " ".join(query.lower().split()), planner.lexicon.phrase(query)
    found: dict[str, list[str]] = {kind: [] for kind in PromotionKind.values}
    for kind, trigger, match, document in running.values_list(
        "kind", "trigger", "match", "document"
    ):
        exact = match == PromotionMatch.EXACT
        if typed == trigger if exact else tokens and tokens == planner.lexicon.phrase(trigger):
            found[kind].append(document)
    hidden = tuple(dict.fromkeys(found[PromotionKind.HIDE]))
    first = tuple(
        key for key in dict.fromkeys(found[PromotionKind.SHOW_FIRST]) if key not in hidden
    )
    return Promotions(first, hidden)


def document_at(address: str) -> IndexedDocument:
    """The document with an address of this site. Raises ValidationError where there is none."""
    path = address.strip()
    if "://" in path:
        path = "/" + path.split("://", 1)[1].partition("/")[2]
    found = IndexedDocument.objects.filter(namespace=CONTENT, deleted=False, url=path).first()
    if found is None:
        raise ValidationError(_("Search knows nothing at that address. Copy it from the browser."))
    return found
