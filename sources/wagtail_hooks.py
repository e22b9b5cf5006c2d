"""Wiring of the editors' admin: the list of sources, and who changed what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from privacy import audit
from sources.admin.snippets import SourceViewSet
from sources.models import Source

if TYPE_CHECKING:
    from django.http import HttpRequest

register_snippet(SourceViewSet)


def _record(request: HttpRequest, entries: Sequence[object], verb: str) -> None:
    for entry in entries:
        if isinstance(entry, Source):
            audit.record(actor=request.user, action=f"source.{verb}", target=entry)


@hooks.register("after_create_snippet")
def on_created(request: HttpRequest, entry: object) -> None:
    """Write down who wrote a source down."""
    _record(request, [entry], "create")


@hooks.register("after_edit_snippet")
def on_changed(request: HttpRequest, entry: object) -> None:
    """Write down who changed a source."""
    _record(request, [entry], "change")


@hooks.register("before_delete_snippet")
def on_deleted(request: HttpRequest, entries: Sequence[object]) -> None:
    """Write it down before the sources are gone; the question "are you sure" is no deletion."""
    if request.method == "POST":
        _record(request, entries, "delete")


@hooks.register("before_bulk_action")
def on_many_deleted(
    request: HttpRequest, action_type: str, entries: Sequence[object], action: object
) -> None:
    """Write down who deleted the sources that were ticked, before they are gone."""
    if action_type == "delete":
        _record(request, entries, "delete")
