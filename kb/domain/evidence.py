"""Domain functions for evidence cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

if TYPE_CHECKING:
    from kb.models import EvidenceCard
    from people.models import Employee


@transaction.atomic
def publish_evidence_card(*, actor: Employee | None, card: EvidenceCard) -> EvidenceCard:
    """Publish a card; ValidationError names what is missing.

    PermissionDenied for who sends cards to be approved instead; the system (None) may.

    The audit entry is written on Wagtail's signal (kb/signals.py), which the admin sends too.
    """
    if actor is not None and not actor.has_perm("kb.publish_evidencecard"):
        raise PermissionDenied("Somebody else approves the card.")
    card.full_clean()
    card.require_complete()
    card.save_revision(user=actor).publish(user=actor, skip_permission_checks=True)
    card.refresh_from_db()
    return card
