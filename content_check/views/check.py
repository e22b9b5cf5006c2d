"""`/redaktion/tjek/…`: what the rules say of a form as it stands. Nothing of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from content_check.checking import check
from content_check.lix import EASY_UNTIL, ORDINARY_UNTIL
from content_check.unsaved import typed_into
from privacy.http import no_store

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse


@no_store
@require_POST
@sensitive_post_parameters()
def check_content(
    request: HttpRequest, app_label: str, model_name: str, pk: int | None = None
) -> HttpResponse:
    """The findings of what is typed, as the panel shows them."""
    thing = _thing(request.user, _model(app_label, model_name), pk)
    result = check(typed_into(thing, request.POST, request.user))
    context = {"result": result, "easy": EASY_UNTIL, "ordinary": ORDINARY_UNTIL}
    return render(request, "content_check/_result.html", context)


def _model(app_label: str, model_name: str) -> type[Model]:
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    if not (issubclass(model, Page) or model in get_snippet_models()):
        raise Http404("Neither a page nor an entry of a list.")
    return model


def _thing(user: Any, model: type[Model], pk: int | None) -> Model:
    """The latest draft, or a new one; refused to those who may not write it."""
    policy = policy_registry.get_by_type(model)
    if pk is None:
        if not policy.user_has_permission(user, "add"):
            raise PermissionDenied
        return model()
    # By the plain model of pages, which the admin asks too: it knows no stories (decision 0021).
    asked: type[Model] = Page if issubclass(model, Page) else model
    stored: Any = get_object_or_404(asked, pk=pk)
    allowed = (
        stored.specific.permissions_for_user(user).can_edit()
        if isinstance(stored, Page)
        else policy.user_has_permission_for_instance(user, "change", stored)
    )
    if not allowed:
        raise PermissionDenied
    latest = getattr(stored, "get_latest_revision_as_object", None)
    draft: Model = latest() if latest else stored
    return draft
