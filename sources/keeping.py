"""A cited source is not deleted; what a page's numbers stand on is looked at when it is saved."""

from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from django.utils.translation import ngettext
from wagtail.models import Page

from sources.citing import times_cited
from sources.domain.unsourced import note
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


@receiver(post_save, dispatch_uid="sources.unsourced_page")
def on_page_saved(
    instance: Any, update_fields: frozenset[str] | None = None, raw: bool = False, **kwargs: Any
) -> None:
    """Published texts are saved whole; what is saved of a draft changes nothing readers see."""
    if (
        isinstance(instance, Page)
        and not raw
        and (update_fields is None or "live" in update_fields)
    ):
        note(page=instance)
