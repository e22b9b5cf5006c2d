"""When an offer closes or a legal term is retired, look for the stories that depend on it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from kb.models import LawWord, Offer
from privacy.jobs import defer


@receiver(post_save, sender=Offer, dispatch_uid="stories.reread.offer")
@receiver(post_save, sender=LawWord, dispatch_uid="stories.reread.law")
def on_ended(instance: Any, **kwargs: Any) -> None:
    """Defer the job that marks the dependent stories, if the offer or term has an end date."""
    day = getattr(instance, "closed_on", None) or getattr(instance, "retired_on", None)
    if day is not None and not kwargs.get("raw"):
        defer("stories.reread_outdated")
