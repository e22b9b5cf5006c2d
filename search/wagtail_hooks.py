"""Wiring of the editors' admin: lists, and who changed what. No rule lives here."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from privacy import audit
from search.admin.snippets import SearchGroup
from search.models.words import Edited

register_snippet(SearchGroup)


def _record(request: HttpRequest, entries: Sequence[object], verb: str) -> None:
    for entry in entries:
        if isinstance(entry, Edited):
            action = f"search_{entry._meta.model_name}.{verb}"
            audit.record(actor=request.user, action=action, target=entry)


@hooks.register("after_create_snippet")
def on_created(request: HttpRequest, entry: object) -> None:
    _record(request, [entry], "create")


@hooks.register("after_edit_snippet")
def on_changed(request: HttpRequest, entry: object) -> None:
    _record(request, [entry], "change")


@hooks.register("before_delete_snippet")
def on_deleted(request: HttpRequest, entries: Sequence[object]) -> None:
    if request.method == "POST":
        _record(request, entries, "delete")
