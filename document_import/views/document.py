"""One document read in: what becomes of each paragraph, and the button that makes the draft."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from document_import.domain.drafting import draft_from, make_draft
from document_import.domain.reading import require_may_import
from document_import.drafts import Outcome, Target
from document_import.forms import DraftForm
from document_import.models import OUTCOMES, DocumentImport
from people.domain_form_view import DomainFormView


class DocumentView(DomainFormView):
    """Before the draft is made it can be looked through; afterwards it is the record of it."""

    template_name = "document_import/admin/document.html"
    not_kept = "It stands in the editors' frame, which loads no script of the site."
    form_class = DraftForm
    done = _("The draft is made. Read it through before you publish it.")

    def prepare(self) -> None:
        require_may_import(self.employee)
        self.document = get_object_or_404(
            DocumentImport.objects.select_related("page"), pk=self.kwargs["pk"]
        )
        self.draft = draft_from(self.document)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "asks_day": self.document.target == Target.EVENT,
        }

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.document.title, "day": self.draft.date}

    def act(self, form: Any) -> None:
        self.page = make_draft(actor=self.employee, document=self.document, **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paragraphs = list(self.document.paragraphs.all())
        counts = [
            (OUTCOMES[outcome], sum(paragraph.outcome == outcome for paragraph in paragraphs))
            for outcome in Outcome
        ]
        return super().get_context_data(
            **kwargs,
            document=self.document,
            draft=self.draft,
            people=[*self.draft.authors, *self.draft.contacts],
            paragraphs=paragraphs,
            counts=counts,
        )
