"""The citizen's letter: printed once by the author, used by whoever holds it, without a login."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.http import EmployeeRequest
from people.letters import absolute
from privacy.clients import client_address
from privacy.http import no_store
from privacy.limits import clock_of
from stories.domain import letters
from stories.enums import Party
from stories.forms.corrections import CodeForm

from .author import editable


@no_store
def letter(request: EmployeeRequest, pk: int) -> HttpResponse:
    """A page to print, with a code that is shown this once."""
    story = editable(request, pk)
    party = request.POST.get("party", "")
    try:
        code = letters.make_letter(actor=request.user, story=story, party=party)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("stories:consent", pk=story.pk)
    context = {
        "story": story,
        "code": code,
        "party": Party(party),
        "consents": story.consents.filter(party=party, withdrawn_at__isnull=True),
        "address": absolute(reverse("letters:take_back")).partition("://")[2],
    }
    return render(request, "stories/letter.html", context)


@no_store
def take_back(request: HttpRequest) -> HttpResponse:
    """Enter the letter's code. The answer is the same whether the code is known or not."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if letters.is_misspelt(form.cleaned_data["code"]):
            form.add_error("code", _("A letter is missing or wrong. Compare it with the letter."))
        else:
            return _take_back(request, form)
    status = 422 if form.errors else 200
    return render(request, "stories/take_back.html", {"form": form}, status=status)


def _take_back(request: HttpRequest, form: CodeForm) -> HttpResponse:
    try:
        letters.take_back_by_letter(code=form.cleaned_data["code"], address=client_address(request))
    except letters.TooManyCodes as error:
        sentence = _(
            "Many codes that we do not know came from here. Wait until %(time)s, or call your job "
            "centre: they can take it back for you at once."
        )
        form.add_error(None, sentence % {"time": clock_of(error.until)})
        return render(request, "stories/take_back.html", {"form": form}, status=429)
    return render(request, "stories/taken_back.html")
