"""`/sparring/journaltekst/`: how the municipality words its texts for the journal.

Its coordinator and its administrator do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.domain_form_view import MunicipalityFormView, TriedFormView
from privacy.anonymity import check
from sparring.enums import JournalOccasion
from sparring.journal.domain.templates import checked, may_word, word_journal
from sparring.journal.forms.templates import JournalTemplatesForm
from sparring.journal.placeholders import fill, usual_template
from sparring.journal.queries.templates import invented_values, own_templates
from stories.presentation.marking import marked

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from people.models import Municipality


class WordJournal(MunicipalityFormView, TriedFormView):
    """Show the wordings; try them on an invented case, save them, or go back to the usual one."""

    template_name = "sparring/journal/templates.html"
    form_class = JournalTemplatesForm
    success_url = reverse_lazy("sparring:journal_templates")
    done = gettext_lazy("The texts are saved.")
    closed = "Only the municipality's own coordinator or administrator does."
    previews: dict[str, SafeString]

    def opens(self, town: Municipality) -> bool:
        return may_word(self.employee, town)

    def prepare(self) -> None:
        super().prepare()
        self.previews = {}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"own": own_templates(self.town)}

    def act(self, form: JournalTemplatesForm) -> object:
        return word_journal(municipality=self.town, actor=self.employee, texts=form.cleaned_data)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The way back needs nothing of the form: the other texts stay as they are stored."""
        back = request.POST.get("usual", "")
        if back in JournalOccasion.values:
            word_journal(municipality=self.town, actor=self.employee, texts={back: ""})
            self.forget_draft()
            messages.success(request, _("The usual text is back."))
            return redirect(self.get_success_url())
        return super().post(request, *args, **kwargs)

    def attempt(self, form: JournalTemplatesForm) -> None:
        """Fill in the invented case; what the check marks in it, it would mark every time."""
        values = invented_values(timezone.localdate())
        for occasion, text in checked(form.cleaned_data).items():
            filled = fill(text or usual_template(occasion), values)
            self.previews[occasion] = marked(filled, check(filled).findings)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [(_("Sparring"), reverse("sparring:index"))]
        context = super().get_context_data(crumbs=crumbs, **kwargs)
        return context | {"wordings": list(context["form"].wordings(self.previews))}
