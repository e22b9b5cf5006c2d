"""`/arrangementer/<id>/deltagere/`: the organiser's list, to print and to mark, and the debate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.domain.afterwards import decide_comment
from events.domain.attendance import mark_attendance
from events.enums import CommentState
from events.evaluations import summary
from events.models import EventComment
from people.form_errors import run_with_message
from privacy.http import no_store

from .find import organised_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


@no_store
def attendance(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Who has a place and who waits; after it has begun, who came."""
    event = organised_or_404(request.user, pk)
    if request.method == "POST":
        present = {int(value) for value in request.POST.getlist("came") if value.isdigit()}
        run_with_message(
            request,
            lambda: mark_attendance(actor=request.user, event=event, present=present),
            _("The list is saved."),
        )
        return redirect("events:attendance", pk=pk)
    people = event.sign_ups.select_related("employee__unit")
    context = {
        "event": event,
        "seated": list(people.seated()),
        "waiting": list(people.in_queue()),
        "has_begun": event.starts_at is not None and event.starts_at <= timezone.now(),
        "comments": event.comments.filter(state=CommentState.WAITING).select_related("author"),
        "evaluation": summary(event),
    }
    return render(request, "events/attendance.html", context)


@require_POST
@no_store
def decide(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Show a comment, or do not."""
    comment = get_object_or_404(EventComment.objects.select_related("event"), pk=pk)
    event = organised_or_404(request.user, comment.event_id)
    show = request.POST.get("show") == "yes"
    run_with_message(
        request,
        lambda: decide_comment(actor=request.user, comment=comment, show=show),
        _("The comment is shown.") if show else _("The comment is not shown."),
    )
    return redirect("events:attendance", pk=event.pk)
