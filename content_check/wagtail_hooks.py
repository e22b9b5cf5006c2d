"""Wiring of the editors' admin: the panel's address, and what is asked before publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from content_check.admin.asking import ask
from content_check.domain.publishing import hold_back, question_before_publishing
from content_check.views.check import check_content

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse


@hooks.register("register_admin_urls")
def addresses_of_checks() -> list[URLPattern]:
    """One for what is stored, one for what is new."""
    kind = "tjek/<slug:app_label>/<slug:model_name>"
    return [
        path(f"{kind}/ny/", check_content, name="check_new_content"),
        path(f"{kind}/<int:pk>/", check_content, name="check_content"),
    ]


@hooks.register("before_publish_page")
def ask_before_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Ask once about a page. What was written is kept as a draft meanwhile."""
    answer = ask_before_entry(request, page)
    is_new = request.resolver_match and request.resolver_match.view_name == "wagtailadmin_pages:add"
    if answer is not None and is_new:
        hold_back(page=page)
    return answer


@hooks.register("before_publish")
def ask_before_entry(request: HttpRequest, thing: Model) -> HttpResponse | None:
    """The same for an entry of a list that has drafts."""
    found = question_before_publishing(actor=request.user, thing=thing)
    if not found:
        return None
    ask(request, found, before=_("Saved as a draft and not published."))
    return redirect(AdminURLFinder(request.user).get_edit_url(thing))


@hooks.register("before_bulk_action")
def ask_before_many(
    request: HttpRequest, action_type: str, things: Iterable[Any], action: Any
) -> HttpResponse | None:
    """The same for all pages that were ticked, and those below them that go along."""
    if action_type != "publish":
        return None
    pages = [page for page in things if isinstance(page, Page)]
    if request.POST.get("include_descendants"):
        pages += [below for page in pages for below in page.get_descendants().not_live()]
    asked = [page for page in pages if _is_asked_about(request, page)]
    return redirect("wagtailadmin_explore", asked[0].get_parent().pk) if asked else None


def _is_asked_about(request: HttpRequest, page: Page) -> bool:
    found = question_before_publishing(
        actor=request.user, thing=page.get_latest_revision_as_object()
    )
    if found:
        before = _("Not published: “%(title)s”.") % {"title": page.title}
        ask(request, found, before=before)
    return bool(found)
