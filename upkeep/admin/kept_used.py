"""Says where something is used before Wagtail asks whether it is to be deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.snippets.models import get_snippet_models

from upkeep.domain.deletion import StillUsed, refusal_to_delete

Found = tuple[type[Model], list[str]]


class KeptUsedMiddleware(MiddlewareMixin):
    """The lists of pictures, files and content; whatever else deletes is refused by the signal."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        found = _to_be_deleted(request, name, kwargs)
        if found is None:
            return None
        model, keys = found
        kept = [item for item in model._base_manager.filter(pk__in=keys) if _kept(request, item)]
        return redirect(_where_used(kept[0], alone=len(keys) == 1)) if kept else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A deletion that was asked for elsewhere, or a use that came meanwhile."""
        if not isinstance(error, StillUsed):
            return None
        messages.error(request, error.sentence)
        return redirect("wagtailadmin_home")


def _kept(request: HttpRequest, item: Model) -> bool:
    reason = refusal_to_delete(item)
    if reason:
        messages.error(request, reason)
    return bool(reason)


def _to_be_deleted(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> Found | None:
    """The kind and keys of what the address deletes; None for other addresses."""
    if name == "wagtail_bulk_action":
        return _ticked(request, kwargs) if kwargs.get("action") == "delete" else None
    if name == "wagtailimages:delete":
        return get_image_model(), [str(kwargs["image_id"])]
    if name == "wagtaildocs:delete":
        return get_document_model(), [str(kwargs["document_id"])]
    for model in get_snippet_models():
        if name == model.snippet_viewset.get_url_name("delete"):
            return model, [str(kwargs["pk"])]
    return None


def _ticked(request: HttpRequest, kwargs: dict[str, Any]) -> Found | None:
    try:
        model = apps.get_model(kwargs["app_label"], kwargs["model_name"])
    except LookupError as error:
        raise Http404("No such kind.") from error
    keys = request.GET.getlist("id")
    if "all" in keys:
        return model, [str(key) for key in model._base_manager.values_list("pk", flat=True)]
    return model, [key for key in keys if key.isascii() and key.isdigit()]


def _where_used(item: Any, *, alone: bool) -> str:
    """The page with the places of one thing; the list for several."""
    if isinstance(item, get_image_model()):
        return reverse("wagtailimages:image_usage", args=[item.pk]) if alone else _index("images")
    if isinstance(item, get_document_model()):
        return reverse("wagtaildocs:document_usage", args=[item.pk]) if alone else _index("docs")
    viewset = type(item).snippet_viewset
    if alone:
        return reverse(viewset.get_url_name("usage"), args=[item.pk])
    return reverse(viewset.get_url_name("list"))


def _index(kind: str) -> str:
    return reverse(f"wagtail{kind}:index")
