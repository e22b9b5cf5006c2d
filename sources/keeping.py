"""A source that something cites is not deleted: a footnote would point at nothing."""

from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import ngettext

from sources.citing import times_cited
from sources.models import Source


def stays(source: Source, times: int) -> str:
    """The sentence that refuses the deletion."""
    return ngettext(
        "“%(title)s” is cited in %(times)s place and stays.",
        "“%(title)s” is cited in %(times)s places and stays.",
        times,
    ) % {"title": source.title, "times": times}


@receiver(pre_delete, sender=Source, dispatch_uid="sources.cited_source")
def on_source_deleted(instance: Source, **kwargs: Any) -> None:
    """Refuse every deletion; foreign keys are refused by the database besides."""
    if times := times_cited(instance):
        raise ProtectedError(stays(instance, times), {instance})
