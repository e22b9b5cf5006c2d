"""`/revision/`: the audit log for auditors; it never holds free text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from people.form_fields import date_field
from privacy import audit
from privacy.http import no_store

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest

PAGE = 50


class AuditFilter(forms.Form):
    """What is looked for; empty shows everything, the newest first."""

    day = date_field(
        _("Day"),
        error_messages={"invalid": _("Choose a day that is in the calendar.")},
    )
    action = forms.ChoiceField(
        label=_("What was done"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the actions of the list.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        names = [(name, name) for name in audit.actions()]
        self.fields["action"].choices = [("", _("Everything")), *names]  # type: ignore[attr-defined]


@no_store
def audit_log(request: EmployeeRequest) -> HttpResponse:
    """Fifty entries a page. Reading is audited like everything else."""
    form = AuditFilter(request.GET)
    entries = audit.entries(**form.cleaned_data) if form.is_valid() else audit.entries()
    # Before the page is counted: the reading is itself an entry, and would push one off the page.
    audit.record(actor=request.user, action="audit.read")
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    return render(request, "kb/audit.html", {"form": form, "page_obj": page})
