"""What is deleted, and what readers open. Rules: upkeep/domain, and the models."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from kb.page_opened import page_opened
from upkeep.domain.deletion import require_unused
from upkeep.models import DayReads


@receiver(pre_delete, dispatch_uid="upkeep.still_used")
def on_deleted(instance: Any, **kwargs: Any) -> None:
    """Refuse every deletion of what something leads to."""
    require_unused(instance)


@receiver(page_opened, dispatch_uid="upkeep.count_read")
def on_page_opened(page_id: int, **kwargs: Any) -> None:
    """One more read today."""
    DayReads.count_one(page_id)
