"""`/redaktion/dokumenter-ind/`: choose a document; below, those that were read in before."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from document_import.domain.reading import KEPT, read_in, require_may_import
from document_import.forms import UploadForm
from document_import.models import DocumentImport
from people.domain_form_view import DomainFormView

MOST_SHOWN = 25


class UploadView(DomainFormView):
    """What was uploaded is read at once; the next page shows what became of each paragraph."""

    template_name = "document_import/admin/upload.html"
    not_kept = "It stands in the editors' frame, which loads no script of the site."
    form_class = UploadForm

    def prepare(self) -> None:
        require_may_import(self.employee)

    def act(self, form: Any) -> None:
        file = form.cleaned_data["file"]
        self.document = read_in(
            actor=self.employee,
            data=file.read(),
            file_name=file.name,
            target=form.cleaned_data["target"],
        )

    def get_success_url(self) -> str:
        return reverse("imported_document", args=[self.document.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        recent = DocumentImport.objects.select_related("page", "read_by")[:MOST_SHOWN]
        return super().get_context_data(**kwargs, recent=recent, kept_days=KEPT.days)
