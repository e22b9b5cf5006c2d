"""After submitting: correct a small mistake, or appeal a refusal."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from people.form_errors import submit_to_domain
from people.http import EmployeeRequest
from privacy.http import no_store
from stories.domain import appeals, corrections
from stories.forms.corrections import CorrectionForm
from stories.forms.review import AppealForm

from .author import editable


@no_store
def correct(request: EmployeeRequest, pk: int) -> HttpResponse:
    """The texts, for half an hour after the story was sent or shared."""
    story = editable(request, pk)
    until = corrections.correctable_until(story)
    if until is None:
        messages.error(request, _("The half hour has passed. Write a new text instead."))
        return redirect("stories:mine")
    form = CorrectionForm(request.POST or None, story=story)
    if submit_to_domain(
        form,
        lambda: corrections.correct_story(
            actor=request.user, story=story, values=form.changed_values()
        ),
    ):
        messages.success(request, _("Mended. It is read before anybody else sees it."))
        return redirect("stories:mine")
    context = {"story": story, "form": form, "until": until}
    return render(request, "stories/correct.html", context, status=422 if form.errors else 200)


@no_store
def appeal(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Appeal a refusal with a reason."""
    story = editable(request, pk)
    answer = appeals.appealable(story)
    if answer is None:
        raise Http404
    form = AppealForm(request.POST or None)
    if submit_to_domain(
        form,
        lambda: appeals.appeal(actor=request.user, story=story, reason=form.cleaned_data["reason"]),
    ):
        messages.success(request, _("Another reader looks at it. You get a mail."))
        return redirect("stories:mine")
    context = {"story": story, "form": form, "answer": answer}
    return render(request, "stories/appeal.html", context, status=422 if form.errors else 200)
