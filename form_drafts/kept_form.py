"""One form of a page whose words are kept while they are typed.

A view makes one for its form (`kept_form`), gives it to its template as `form_draft`, and drops it
when the form was sent. `answer` serves what the page sends by itself, and the button that drops the
draft. Pages with one form get all this from `people.domain_form_view`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from form_drafts.domain.drafts import FormPlace, Typed, TypedElsewhere, drop_draft, keep_draft
from form_drafts.models import FormDraft
from form_drafts.typed_values import fill, kept_names, read_typed

if TYPE_CHECKING:
    from django import forms

VERSION, OPENED, DROP = "draft_version", "draft_page", "drop_draft"


def asks_about_draft(request: HttpRequest) -> bool:
    """Whether the page saves by itself, or its draft is dropped: nothing is sent to a verb."""
    return bool(request.headers.get("X-Autosave")) or DROP in request.POST


def nothing_kept() -> HttpResponse:
    """The answer where a page saves what is not kept: nothing is sent to a verb either."""
    return HttpResponse(status=HTTPStatus.BAD_REQUEST)


def place_of(request: HttpRequest, *, name: str = "", subject: str = "") -> FormPlace | None:
    """The form that the address leads to; None for who is not logged in."""
    match = request.resolver_match
    if match is None or not request.user.is_authenticated:
        return None
    form = f"{match.view_name}:{name}" if name else match.view_name
    about = "&".join(f"{key}={value}" for key, value in match.kwargs.items())
    return FormPlace(form, about, subject)


@dataclass
class KeptForm:
    """A form and where its draft is."""

    request: HttpRequest
    form: forms.BaseForm
    place: FormPlace
    name: str = ""
    """The form's name where a page has several."""

    @property
    def address(self) -> str:
        """Where the page saves: the page itself."""
        return self.request.get_full_path()

    @cached_property
    def draft(self) -> FormDraft | None:
        """What was kept, when the page was opened."""
        mine = FormDraft.objects.written_by(self.request.user)
        return mine.filter(form=self.place.form, about=self.place.about).first()

    @cached_property
    def opened(self) -> str:
        """The name of this opened page, so that two of them are told apart."""
        posted = self.request.POST.get(OPENED, "")[:40]
        return posted or uuid4().hex

    @property
    def version(self) -> int:
        return self.draft.version if self.draft else 0

    @property
    def key(self) -> str:
        """What the page's own store calls it; says nothing to others."""
        return salted_hmac("form_drafts", f"{self.place.form} {self.place.about}").hexdigest()[:20]

    @property
    def is_restored(self) -> bool:
        """Whether the page shows what was typed earlier."""
        return self.draft is not None and not self.form.is_bound

    @property
    def is_of_today(self) -> bool:
        """Whether the time alone says when it was."""
        saved = timezone.localtime(self.draft.saved_at if self.draft else None)
        return saved.date() == timezone.localdate()

    def fill(self) -> None:
        """Show what was typed earlier, unless the form shows what was just sent."""
        if self.draft is not None and not self.form.is_bound:
            fill(self.form, self.draft.values)

    def answer(self) -> HttpResponse:
        """The answer to what the page sends by itself, and to the button that drops the draft."""
        if DROP in self.request.POST:
            self.drop()
            return redirect(self.address)
        return self._keep()

    def keep_refused(self) -> None:
        """A form that was sent and refused is kept too; another page's words stay as they are."""
        try:
            self.draft = keep_draft(
                actor=self.request.user, place=self.place, typed=self._typed().typed
            )
        except (TypedElsewhere, ValidationError):
            return

    def drop(self) -> None:
        """The form was sent, or its draft is not wanted."""
        drop_draft(actor=self.request.user, place=self.place)
        self.draft = None

    def _typed(self) -> _Read:
        posted = self.request.POST
        read = read_typed(self.form, posted)
        version = posted.get(VERSION, "")
        known = int(version) if version.isascii() and version.isdigit() else 0
        return _Read(Typed(read.values, min(known, 10**6), self.opened), read.refused)

    def _keep(self) -> JsonResponse:
        read = self._typed()
        try:
            draft = keep_draft(actor=self.request.user, place=self.place, typed=read.typed)
        except TypedElsewhere as elsewhere:
            return self._conflict(elsewhere.draft)
        except ValidationError as error:
            answer = {"error": " ".join(error.messages)}
            return JsonResponse(answer, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return JsonResponse(
            {
                "saved_at": clock(draft),
                "fields": {VERSION: str(draft.version)},
                "refused": {
                    key: _("%(why)s It is not saved.") % {"why": why}
                    for key, why in read.refused.items()
                },
            }
        )

    def _conflict(self, draft: FormDraft) -> JsonResponse:
        answer = {
            "error": _("You have written something else here in another tab."),
            "version": draft.version,
            "saved_at": clock(draft),
            "values": draft.values,
        }
        return JsonResponse(answer, status=HTTPStatus.CONFLICT)


@dataclass(frozen=True)
class _Read:
    typed: Typed
    refused: dict[str, str]


def clock(draft: FormDraft) -> str:
    """The time of day, as autosave says it."""
    return f"{timezone.localtime(draft.saved_at):%H.%M}"


def kept_form(
    request: HttpRequest, form: forms.BaseForm, *, name: str = "", subject: str = ""
) -> KeptForm | None:
    """The kept form of a page; None for a visitor, and where there is one field or none."""
    place = place_of(request, name=name, subject=subject)
    if place is None or len(kept_names(form)) < 2:
        return None
    kept = KeptForm(request, form, place, name)
    kept.fill()
    return kept
