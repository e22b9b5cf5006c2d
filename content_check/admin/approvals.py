"""Approving asks as publishing does: from the list, the start page and the form itself.

Wagtail has no hook before an approval, so this stands before its views.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.models import TaskState

from content_check.admin.asking import ask
from content_check.domain.publishing import question_before_publishing
from content_check.unsaved import typed_into

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse

APPROVE = "approve"
ACTION, NAME = "action-workflow-action", "workflow-action-name"


class AskBeforeApprovalMiddleware(MiddlewareMixin):
    """Holds back the first try where something was found; what was typed is saved meanwhile."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.method != "POST" or not name.startswith(("wagtailadmin_", "wagtailsnippets_")):
            return None
        if name.endswith(":workflow_action") and kwargs.get("action_name") == APPROVE:
            return _ask_before_action(request, kwargs["task_state_id"])
        if name.endswith(":edit") and ACTION in request.POST:
            _ask_before_saving(request, kwargs.get("page_id") or kwargs.get("pk"))
        return None


def _ask_before_action(request: HttpRequest, task_state_id: int) -> HttpResponse | None:
    """From a list or the start page: back to the form, which shows what was found."""
    state = TaskState.objects.filter(pk=task_state_id).first()
    if state is None or not _may_approve(request, state):
        return None
    thing = state.revision.as_object()
    found = question_before_publishing(actor=request.user, thing=thing)
    if not found:
        return None
    ask(request, found, before=_("Not approved yet."))
    address = AdminURLFinder(request.user).get_edit_url(thing)
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        step = {"step": "success", "redirect": address}
        answer: HttpResponse = render_modal_workflow(request, "", None, {}, json_data=step)
        return answer
    return redirect(address)


def _ask_before_saving(request: HttpRequest, pk: Any) -> None:
    """From the form: what was typed is saved as a draft, and the task stays open."""
    if request.POST.get(NAME) != APPROVE or not request.resolver_match:
        return
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id=str(pk)
    )
    name = request.resolver_match.view_name
    for state in states.select_related("workflow_state"):
        thing = state.revision.as_object()
        if not _is_edited_at(name, thing) or not _may_approve(request, state):
            continue
        typed_into(thing, request.POST, request.user)
        found = question_before_publishing(actor=request.user, thing=thing)
        if found:
            ask(request, found, before=_("Saved, and not approved yet."))
            without = request.POST.copy()
            del without[ACTION]
            request.POST = without  # type: ignore[assignment]


def _is_edited_at(name: str, thing: Model) -> bool:
    """Whether the form is that of this kind: keys of pages and of entries are alike."""
    if name == "wagtailadmin_pages:edit":
        return hasattr(thing, "get_edit_handler")
    return name == f"wagtailsnippets_{thing._meta.app_label}_{thing._meta.model_name}:edit"


def _may_approve(request: HttpRequest, state: TaskState) -> bool:
    """Whether the task is open for this person; what is not, Wagtail itself refuses."""
    if state.status != TaskState.STATUS_IN_PROGRESS:
        return False
    thing = state.workflow_state.content_object
    actions = state.task.specific.get_actions(thing, request.user) if thing is not None else ()
    return APPROVE in [action[0] for action in actions]
