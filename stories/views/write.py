"""The four pages an author writes on: saved while one types, and by the button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.form_errors import show_errors
from privacy.http import no_store
from stories.domain import authoring, guards
from stories.enums import OPEN_STATES
from stories.forms.steps import STEPS, WritingStep

from .author import editable

if TYPE_CHECKING:
    from people.http import EmployeeRequest
    from stories.forms.base import StepForm
    from stories.models import StoryPage


@no_store
def step(request: EmployeeRequest, pk: int, step: str) -> HttpResponse:
    """One page. An autosave (X-Autosave) answers JSON; the button leads to the next page."""
    here = next((candidate for candidate in STEPS if candidate.slug == step), None)
    if here is None:
        raise Http404
    story = editable(request, pk)
    if story.state not in OPEN_STATES:
        return redirect("stories:mine")
    if request.method != "POST":
        form = here.form(story=story)
        return render(request, "stories/step.html", _context(story, here, form))
    form = here.form(request.POST, story=story)
    conflict = _save(request, story, form)
    if request.headers.get("X-Autosave"):
        return _autosaved(form, conflict=conflict)
    if conflict or form.errors:
        context = _context(story, here, form) | {"conflict": conflict}
        return render(request, "stories/step.html", context, status=409 if conflict else 422)
    return redirect(_next(story, here))


def _save(request: EmployeeRequest, story: StoryPage, form: StepForm) -> bool:
    """Save the form or add its errors; returns whether the text was changed by another first."""
    if not form.is_valid():
        return False
    try:
        form.story = authoring.save_draft(
            actor=request.user,
            story=story,
            values=form.values(),
            version=form.cleaned_data["version"],
        )
    except guards.StaleText:
        return True
    except ValidationError as error:
        show_errors(form, error)
    return False


def _autosaved(form: StepForm, *, conflict: bool) -> JsonResponse:
    if conflict:
        return JsonResponse({}, status=409)
    if form.errors:
        first = next(iter(form.errors.values()))
        return JsonResponse({"error": first[0]}, status=422)
    now = timezone.localtime().strftime("%H.%M")
    return JsonResponse({"saved_at": now, "fields": {"version": form.story.version}})


def _next(story: StoryPage, here: WritingStep) -> str:
    index = STEPS.index(here) + 1
    if index < len(STEPS):
        return reverse("stories:step", args=[story.pk, STEPS[index].slug])
    return reverse("stories:pictures", args=[story.pk])


def _context(story: StoryPage, here: WritingStep, form: StepForm) -> dict[str, Any]:
    return {
        "story": story,
        "here": here,
        "form": form,
        "path": path_of(story, here.slug),
        "previous": _previous(story, here),
        "sent_back": story.reviews.filter(decision="rejected").first(),
    }


def _previous(story: StoryPage, here: WritingStep) -> str:
    index = STEPS.index(here)
    return reverse("stories:step", args=[story.pk, STEPS[index - 1].slug]) if index else ""


def path_of(story: StoryPage, current: str) -> list[dict[str, Any]]:
    """The seven pages for `components/stepper.html`, all of them one click away."""
    pages = [
        (page_step.slug, page_step.title, reverse("stories:step", args=[story.pk, page_step.slug]))
        for page_step in STEPS
    ]
    pages += [
        ("billeder", _("Pictures"), reverse("stories:pictures", args=[story.pk])),
        ("tjek", _("Check"), reverse("stories:check", args=[story.pk])),
        ("samtykke", _("Consent and sending"), reverse("stories:consent", args=[story.pk])),
    ]
    slugs = [slug for slug, _title, _url in pages]
    return [
        {
            "title": title,
            "url": url if slug != current else "",
            "current": slug == current,
            "done": slugs.index(slug) < slugs.index(current),
        }
        for slug, title, url in pages
    ]
