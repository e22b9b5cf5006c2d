"""The author's actions on a published story: revise, confirm, archive, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kb.templatetags.ui import day
from people.form_errors import run_with_message
from people.roles import Right
from privacy.http import no_store
from stories.content_review import decisions
from stories.domain import authoring, withdrawal
from stories.models import StoryPage

from .author import editable
from .lookup import published

if TYPE_CHECKING:
    from people.http import EmployeeRequest


def by_number(request: HttpRequest, pk: int) -> HttpResponse:
    """The story's short address, for mails: it holds no word of it (SEC-21)."""
    stories = StoryPage.objects.published_for(request.user)
    story = stories.filter(pk=pk).first()
    if story is None and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    if story is None:
        raise Http404
    return redirect(story.url)


def revise(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Begin a new text; the published one stays as it is meanwhile."""
    try:
        draft = authoring.revise_story(actor=request.user, story=editable(request, pk))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("stories:mine")
    messages.info(
        request,
        _("The shared story stays as it is until your new text has been read and approved."),
    )
    return redirect("stories:draft", pk=draft.pk)


def still_true(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Confirm after a periodic review that the story still holds."""
    story, chosen = published(request, pk), request.POST.get("months", "12")
    months = int(chosen) if chosen.isdigit() else 0
    try:
        decisions.confirm_still_true(actor=request.user, story=story, months=months)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        story.refresh_from_db()
        text = _("Thank you. It stays, and is read again by %(day)s.") % {
            "day": day(story.reread_on)
        }
        messages.success(request, text)
    back = "stories:maintenance" if "list" in request.POST else story.url
    return redirect(back)


def archive(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Archive: unpublish the story; the author keeps the text."""
    story = published(request, pk)
    run_with_message(
        request,
        lambda: decisions.archive_story(actor=request.user, story=story),
        _("The story is archived. Only its author sees it now."),
    )
    return redirect("stories:maintenance" if "list" in request.POST else "stories:mine")


@no_store
def withdraw(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Withdraw the story for good, after confirmation."""
    story = _withdrawable(request, pk)
    if request.method != "POST":
        return render(request, "stories/withdraw.html", {"story": story})
    withdrawal.withdraw_story(actor=request.user, story=story)
    messages.success(request, _("The story is gone from the site, the lists and the search."))
    return redirect("stories:index")


def _withdrawable(request: EmployeeRequest, pk: int) -> StoryPage:
    own = StoryPage.objects.editable_by(request.user).filter(pk=pk).first()
    if own is not None:
        return own
    if not request.user.may(Right.REVIEW_STORIES):
        raise Http404
    return published(request, pk)
