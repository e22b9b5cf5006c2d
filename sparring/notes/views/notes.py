"""The notes of a session: saved while one writes, and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.http import no_store
from sparring.models import SparringSession
from sparring.notes.domain.notes import bring_back, write_note
from sparring.notes.queries.notes import WITH_NOTES, earlier_of, seen_by, writer

if TYPE_CHECKING:
    from people.http import EmployeeRequest

REFUSED = 422


@no_store
def notes(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Save one's own notes, by the script every few seconds or by the button."""
    session = _find(request, pk)
    automatic = request.headers.get("X-Autosave") == "1"
    text = _plain(request.POST.get("notes", ""))
    base = request.POST.get("base")
    try:
        saved = write_note(
            actor=request.user,
            session=session,
            text=text,
            base=None if base is None else _plain(base),
        )
    except ValidationError as error:
        problem = " ".join(error.messages)
        if automatic:
            return JsonResponse({"error": problem}, status=REFUSED)
        context = {
            "session": session,
            "notes": seen_by(session, request.user),
            "typed_notes": text,
            "notes_problem": problem,
        }
        return render(request, "sparring/notes/again.html", context, status=REFUSED)
    if not automatic:
        return redirect("sparring:session", pk=pk)
    saved_at = f"{timezone.localtime():%H.%M}"
    # The page goes on from what it sent, and puts in what the other device wrote.
    fields = {"base": text, "version": saved.version}
    return JsonResponse({"saved_at": saved_at, "fields": fields, "text": saved.text})


@no_store
def earlier(request: EmployeeRequest, pk: int) -> HttpResponse:
    """How one's own notes stood in the last 25 minutes; a press brings one back."""
    session = _find(request, pk)
    note = seen_by(session, request.user).own
    rows = earlier_of(note, at=timezone.now()) if note else []
    if request.method == "POST":
        chosen = request.POST.get("earlier", "")
        row = next((row for row in rows if str(row.pk) == chosen), None)
        if row is None:
            messages.error(request, _("That is more than 25 minutes ago."))
            return redirect("sparring:session_notes_earlier", pk=pk)
        bring_back(actor=request.user, session=session, earlier=row)
        messages.success(
            request, _("Your notes are as they were. What they said just now is kept.")
        )
        return redirect("sparring:session", pk=pk)
    return render(request, "sparring/notes/earlier.html", {"session": session, "rows": rows})


def _find(request: EmployeeRequest, pk: int) -> SparringSession:
    """A session in which the reader takes notes now; 404 for everybody else."""
    sessions = SparringSession.objects.select_related("case").filter(state__in=WITH_NOTES)
    session = get_object_or_404(sessions, pk=pk)
    if writer(session, request.user) is None:
        raise Http404
    return session


def _plain(text: str) -> str:
    """Line ends as they are stored; forms send others."""
    return text.replace("\r\n", "\n")
