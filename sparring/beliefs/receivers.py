"""What happens to the cases when something happens in the knowledge base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from kb.models import Offer
from sparring.beliefs.domain.closed_offers import tell_owners

if TYPE_CHECKING:
    from collections.abc import Mapping


@receiver(post_save, sender=Offer, dispatch_uid="sparring.offer_closed")
def _offer_saved(instance: Offer, raw: bool = False, **kwargs: Mapping[str, Any]) -> None:
    if not raw:
        tell_owners(instance)
