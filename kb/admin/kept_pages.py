"""Refuses, with a reason, to delete or move pages that must stay (kb.page_locks)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin
from wagtail.models import Page

from kb.page_locks import lock_reason

# Wagtail admin addresses that delete or move a page, and their argument for the page.
TAKING = {
    "wagtailadmin_pages:delete": "page_id",
    "wagtailadmin_pages:unpublish": "page_id",
    "wagtailadmin_pages:copy": "page_id",
    "wagtailadmin_pages:move": "page_to_move_id",
    "wagtailadmin_pages:move_confirm": "page_to_move_id",
    "wagtailadmin_api:pages:action": "pk",
}
BULK = "wagtail_bulk_action"
BULK_ACTIONS = ("delete", "unpublish", "move")
# What the API may still do with a page that stays.
HARMLESS = ("publish", "revert_to_page_revision")


class KeptPagesMiddleware(MiddlewareMixin):
    """Answers before Wagtail does, whose own answer is "no permission" and nothing more."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        for page in Page.objects.filter(pk__in=_pages_at_risk(request, name, kwargs)):
            if reason := lock_reason(page):
                return _refusal(request, page, reason, plain=name.startswith("wagtailadmin_api"))
        return None


def _pages_at_risk(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> list[int]:
    """The primary keys of the pages that the request would delete or move."""
    if name == BULK:
        keys = [key for key in request.GET.getlist("id") if key != "all"]
        if not all(key.isascii() and key.isdigit() for key in keys):
            raise Http404("Wagtail takes every key for a number.")
        return list(map(int, keys)) if kwargs.get("action") in BULK_ACTIONS else []
    if name not in TAKING or kwargs.get("action_name") in HARMLESS:
        return []
    return [kwargs[TAKING[name]]]


def _refusal(request: HttpRequest, page: Page, reason: str, *, plain: bool) -> HttpResponse:
    if plain:
        return JsonResponse({"detail": reason}, status=403)
    messages.error(request, reason)
    return redirect("wagtailadmin_explore", page.pk)
