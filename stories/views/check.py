"""The anonymity check: of one field while typing, and of the whole story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse

from content_check.lix import ORDINARY_UNTIL, lix
from kb.phrase_hints import hints_in, typed
from people.form_errors import run_with_message
from privacy.anonymity import check as check_anonymity
from privacy.http import no_store
from stories.domain import anonymity_set, checking, guards, rewriting
from stories.enums import OPEN_STATES, PUBLISHABLE, ActionKind, CheckVerdict
from stories.forms.review import ReasonForm, TicksForm
from stories.forms.steps import WRITTEN_ON
from stories.models import StoryPage
from stories.presentation.marking import excerpt, start_in_browser

from .author import editable
from .write import path_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


@no_store
def check_text(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Check one field while typing: findings, reasons, suggestions. Stores nothing."""
    story = editable(request, pk)
    name = request.headers.get("HX-Trigger-Name", "")
    text = typed(request.POST, name)
    context: dict[str, Any] = {"hints": hints_in(text), "lix": _hard_to_read(text)}
    try:
        findings = check_anonymity(text).findings
    except Exception:  # fail closed: said on screen, and the story cannot be sent
        context["failed"] = True
    else:
        context["field_id"] = f"id_{name}"
        context["found"] = [
            {
                "finding": finding,
                "excerpt": excerpt(text, finding),
                "start": start_in_browser(text, finding),
                "words": rewriting.words_for(story, text, finding),
            }
            for finding in findings
        ]
    return render(request, "stories/_found.html", context)


def _hard_to_read(text: str) -> int | None:
    number = lix(text)
    return number if number is not None and number >= ORDINARY_UNTIL else None


@no_store
def check(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Check the whole story: missing fields, findings, and the eight questions."""
    story = editable(request, pk)
    if story.state not in OPEN_STATES:
        return redirect("stories:mine")
    if request.method == "POST":
        return _act(request, story)
    return _draw(request, story)


def _act(request: EmployeeRequest, story: StoryPage) -> HttpResponse:
    if "word" in request.POST:
        return _rewrite(request, story)
    if "found" in request.POST:
        return _give_reason(request, story)
    form = TicksForm(request.POST)
    if not form.is_valid():
        return _draw(request, story, ticks=form)
    try:
        checking.submit_for_check(actor=request.user, story=story)
        checking.confirm_unrecognisable(
            actor=request.user, story=story, ticks=form.cleaned_data["ticks"]
        )
    except ValidationError as error:
        by_field = error.message_dict if hasattr(error, "error_dict") else {}
        if "ticks" in by_field:
            form.add_error("ticks", by_field["ticks"])
        elif not by_field:
            form.add_error(None, error.messages)
        return _draw(request, story, ticks=form)
    return redirect("stories:consent", pk=story.pk)


def _rewrite(request: EmployeeRequest, story: StoryPage) -> HttpResponse:
    found, word = request.POST.get("found", ""), request.POST["word"]
    run_with_message(
        request,
        lambda: rewriting.rewrite_finding(actor=request.user, story=story, found=found, word=word),
    )
    return redirect("stories:check", pk=story.pk)


def _give_reason(request: EmployeeRequest, story: StoryPage) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _draw(request, story, refused=form)
    try:
        checking.justify_warning(actor=request.user, story=story, **form.cleaned_data)
    except ValidationError as error:
        form.add_error("reason", error.messages)
        return _draw(request, story, refused=form)
    return redirect("stories:check", pk=story.pk)


def _draw(
    request: EmployeeRequest,
    story: StoryPage,
    *,
    ticks: TicksForm | None = None,
    refused: ReasonForm | None = None,
) -> HttpResponse:
    missing = guards.missing_fields(story)
    result = checking.check_story(story)
    similar = anonymity_set.anonymity_set_of(story)
    context = {
        "story": story,
        "path": path_of(story, "tjek"),
        "missing": [_missing(story, name) for name in missing],
        "rows": [_row(story, item, refused) for item in result.found],
        "failed": result.verdict == CheckVerdict.ERROR,
        "anonymity_set": similar,
        "drop": [_fact(name) for name in similar.drop],
        "age_in_text": "age_band" in similar.drop and anonymity_set.tells_age_in_text(story),
        "clean": result.verdict in PUBLISHABLE,
        "ready": not missing and result.verdict in PUBLISHABLE and similar.is_enough,
        "form": ticks or TicksForm(initial={"ticks": story.ticks}),
    }
    wrong = bool(refused or (ticks and ticks.errors) or (ticks and not context["ready"]))
    return render(request, "stories/check.html", context, status=422 if wrong else 200)


def _missing(story: StoryPage, name: str) -> tuple[str, str]:
    """A missing field's name and the address it is written on."""
    label = _fact(name)
    page = reverse("stories:step", args=[story.pk, WRITTEN_ON[name]])
    return label[:1].upper() + label[1:], page


def _fact(name: str) -> str:
    """A field's name in words, or that of a kind of action."""
    if name in ActionKind.values:
        return str(ActionKind(name).label)
    return str(getattr(StoryPage._meta.get_field(name), "verbose_name", name))


def _row(
    story: StoryPage, item: checking.CheckFinding, refused: ReasonForm | None
) -> dict[str, Any]:
    mine = refused is not None and refused.data.get("found") == item.fingerprint
    slug = WRITTEN_ON.get(item.part.field, "historien")
    pictures = reverse("stories:pictures", args=[story.pk])
    return {
        "words": rewriting.words_for(story, item.part.text, item.finding)
        if item.part.field in rewriting.FIELDS
        else [],
        "item": item,
        "marked": excerpt(item.part.text, item.finding),
        "url": pictures
        if item.part.field == "pictures"
        else reverse("stories:step", args=[story.pk, slug]),
        "form": refused
        if mine
        else ReasonForm(
            initial={"found": item.fingerprint, "reason": item.reason},
            auto_id=f"id_{item.fingerprint[:8]}_%s",
        ),
    }
