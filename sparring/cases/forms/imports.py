"""The coordinator's upload of a caseload."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class CaseloadForm(forms.Form):
    """Upload a caseload as CSV or XLSX, at most 20,000 rows."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("CSV or XLSX with at most 20,000 rows. Case codes only: no names, no CPR."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
