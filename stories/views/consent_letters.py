"""The citizen's letter: printed by the author, used without a login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.mails import absolute
from privacy.clients import client_address
from privacy.http import no_store
from privacy.limits import clock_of
from stories.domain import consent_letters
from stories.enums import Party
from stories.forms.corrections import LetterCodeForm

from .author import editable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from people.http import EmployeeRequest


@no_store
def letter(request: EmployeeRequest, pk: int) -> HttpResponse:
    """A page to print, with a code that is shown only once."""
    story = editable(request, pk)
    party = request.POST.get("party", "")
    try:
        code = consent_letters.make_letter(actor=request.user, story=story, party=party)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("stories:consent", pk=story.pk)
    context = {
        "story": story,
        "code": code,
        "party": Party(party),
        "consents": story.consents.filter(party=party, withdrawn_at__isnull=True),
        "address": absolute(reverse("letters:withdraw_story")).partition("://")[2],
    }
    return render(request, "stories/letter.html", context)


@no_store
def withdraw_story(request: HttpRequest) -> HttpResponse:
    """Enter the letter's code. The answer is the same whether the code is known or not."""
    form = LetterCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if consent_letters.is_misspelt(form.cleaned_data["code"]):
            form.add_error("code", _("A letter is missing or wrong. Compare it with the letter."))
        else:
            return _withdraw_story(request, form)
    status = 422 if form.errors else 200
    return render(request, "stories/withdraw_by_letter.html", {"form": form}, status=status)


def _withdraw_story(request: HttpRequest, form: LetterCodeForm) -> HttpResponse:
    try:
        consent_letters.withdraw_by_letter(
            code=form.cleaned_data["code"], address=client_address(request)
        )
    except consent_letters.TooManyCodes as error:
        sentence = _(
            "Many codes that we do not know came from here. Wait until %(time)s, or call your job "
            "centre: they can take it back for you at once."
        )
        form.add_error(None, sentence % {"time": clock_of(error.until)})
        return render(request, "stories/withdraw_by_letter.html", {"form": form}, status=429)
    return render(request, "stories/taken_back.html")
