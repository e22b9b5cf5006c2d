"""`/sager/indlaes/`: the coordinator uploads a caseload, sees the dry run, confirms it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.domain_form_view import DomainFormView
from privacy.http import no_store
from sparring.cases.forms.imports import CaseloadForm
from sparring.cases.imports import columns
from sparring.cases.imports.changes import ChangeKind, counted
from sparring.cases.imports.report import ImportRefused, ImportReport
from sparring.cases.imports.tables import MOST_BYTES
from sparring.cases.imports.uploads import apply_upload, dry_run, find_upload, look_again

if TYPE_CHECKING:
    from people.http import EmployeeRequest
    from sparring.models import CaseloadUpload

MOST_SHOWN = 200
PER_PAGE = 50


class UploadCaseload(DomainFormView):
    """Step one: choose the file. A refused file is told why and is not kept."""

    form_class = CaseloadForm
    template_name = "sparring/cases/imports/upload.html"
    kept: CaseloadUpload

    def act(self, form: CaseloadForm) -> None:
        # One byte more than allowed is enough to know that it is too large.
        content = form.cleaned_data["file"].read(MOST_BYTES + 1)
        try:
            self.kept = dry_run(content=content, actor=self.employee)
        except ImportRefused as refused:
            raise ValidationError({"file": str(refused)}) from refused

    def get_success_url(self) -> str:
        return reverse("sparring:import_confirm", args=[self.kept.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        optional = columns.COLUMNS[len(columns.REQUIRED) :]
        context = {"required": columns.REQUIRED, "optional": optional}
        return super().get_context_data(**context, **kwargs)


@no_store
def confirm(request: EmployeeRequest, pk: UUID) -> HttpResponse:
    """Step two: the dry run's report; posting stores it."""
    kept = find_upload(pk=pk, actor=request.user)
    if kept is None:
        raise Http404("No such upload, or its hour is over.")
    if request.method == "POST":
        valid_rows = request.POST.get("valid_rows") == "1"
        report = apply_upload(upload=kept, actor=request.user, valid_rows=valid_rows)
        if report.applied:
            messages.success(request, _stored(report))
            return redirect("sparring:import_caseload")
    else:
        report = look_again(upload=kept, actor=request.user)
    context = {
        "report": report,
        "problems": report.problems[:MOST_SHOWN],
        "more": max(0, len(report.problems) - MOST_SHOWN),
        "valid": report.counts.rows - report.lines_with_problems,
        **_changes(request, report),
    }
    return render(request, "sparring/cases/imports/confirm.html", context)


def _changes(request: EmployeeRequest, report: ImportReport) -> dict[str, Any]:
    """One page of the changes, of the kind that is asked for or of all."""
    kind = request.GET.get("slags", "")
    kind = kind if kind in ChangeKind.values else ""
    chosen = [change for change in report.changes if not kind or change.kind == kind]
    return {
        "kind": kind,
        "kinds": counted(report.changes),
        "all_changes": len(report.changes),
        "page_obj": Paginator(chosen, PER_PAGE).get_page(request.GET.get("page")),
    }


def _stored(report: ImportReport) -> str:
    cases = report.counts.new_cases
    new = ngettext("%d new case is stored.", "%d new cases are stored.", cases) % cases
    beliefs = report.counts.new_beliefs
    more = ngettext("%d new belief.", "%d new beliefs.", beliefs) % beliefs
    return _("The caseload is imported: %(cases)s %(beliefs)s") % {"cases": new, "beliefs": more}
