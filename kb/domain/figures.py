"""Domain functions for key figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

if TYPE_CHECKING:
    from kb.models import KeyFigure
    from people.models import Employee


@transaction.atomic
def publish_key_figure(*, actor: Employee | None, figure: KeyFigure) -> KeyFigure:
    """Publish a figure; ValidationError names every missing field (docs/domain.md F2).

    PermissionDenied for who sends figures to be approved instead; the system (None) may.

    The audit entry is written on Wagtail's signal (kb/signals.py), which the admin sends too.
    """
    if actor is not None and not actor.has_perm("kb.publish_keyfigure"):
        raise PermissionDenied("Somebody else approves the figure.")
    figure.full_clean()
    figure.require_complete()
    figure.save_revision(user=actor).publish(user=actor, skip_permission_checks=True)
    figure.refresh_from_db()
    return figure
