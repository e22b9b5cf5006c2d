"""Who is away, and when. Why is not asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.form_fields import date_field
from people.models import Employee
from sparring.shared.guards import coordinates


class AwayForm(forms.Form):
    """From today on; the coordinator also chooses who."""

    employee = forms.ModelChoiceField(
        label=_("Who is away?"), queryset=Employee.objects.none(), empty_label=None
    )
    first_day = date_field(_("First day"), required=True, initial=timezone.localdate)
    last_day = date_field(_("Last day"), required=True, initial=timezone.localdate)

    def __init__(self, *args: Any, reporter: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not coordinates(reporter, reporter.municipality_id):
            del self.fields["employee"]
            return
        field = self.fields["employee"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Employee.objects.in_municipality(reporter.municipality_id).filter(
            is_active=True
        )
        field.initial = reporter.pk
