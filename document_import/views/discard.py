"""The button that forgets a document that was read in and not made into a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from document_import.domain.reading import discard, require_may_import
from document_import.models import DocumentImport
from people.form_errors import run_with_message

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


@require_POST
def discard_document(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Back to the list, with a message that says what was done."""
    require_may_import(request.user)
    document = get_object_or_404(DocumentImport, pk=pk)
    run_with_message(
        request,
        lambda: discard(actor=request.user, document=document),
        _("The document is forgotten. Nothing was made of it."),
    )
    return redirect("import_document")
