"""Forms of handing cases over. They read what was typed; every rule is in the domain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.form_fields import date_field, lines
from people.models import Employee
from sparring.handovers.domain.handing_over import HandoverNote
from sparring.models import Case, Handover
from sparring.plans.forms.plans import TimeForm
from sparring.shared.forms import CaseTextFormField

NOTE = ("agreed", "works", "keep")
MOST = Handover._meta.get_field("agreed").max_length


class EmployeeChoice(forms.ModelChoiceField):
    """People by their name and unit."""

    def label_from_instance(self, employee: Any) -> str:
        return f"{employee}, {employee.unit}" if employee.unit else str(employee)


class NoteForm(forms.Form):
    """What the former owner writes to the next about a case."""

    agreed = CaseTextFormField(
        label=_("What is agreed with the citizen"),
        max_length=MOST,
        required=False,
        widget=lines(3),
        help_text=_("Your colleague sees this at once."),
    )
    works = CaseTextFormField(
        label=_("What works"),
        max_length=MOST,
        required=False,
        widget=lines(3),
        help_text=_("Where, when and with whom things go well. It is opened by their own bid."),
    )
    keep = CaseTextFormField(
        label=_("What must not be lost"),
        max_length=MOST,
        required=False,
        widget=lines(3),
        help_text=_("It is opened by their own bid. How high your belief is belongs nowhere here."),
    )

    @property
    def note(self) -> HandoverNote:
        """What was written; call it once the form is valid."""
        return HandoverNote(**{name: self.cleaned_data[name] for name in NOTE})


class HandOverForm(NoteForm):
    """Hand a case over to a caseworker of the same municipality, with a note."""

    field_order = ("to", "reason", *NOTE)

    to = EmployeeChoice(label=_("Who takes over"), queryset=Employee.objects.none())
    reason = CaseTextFormField(label=_("Why"), max_length=120, required=False)

    def __init__(self, *args: Any, receivers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = receivers


class CaseloadForm(forms.Form):
    """All of somebody's cases, each with who gets it; proposed so that nobody gets most of them."""

    reason = CaseTextFormField(label=_("Why"), max_length=120, required=False)

    def __init__(
        self,
        *args: Any,
        cases: Sequence[Case],
        receivers: Any,
        proposed: Mapping[int, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cases = cases
        for case in cases:
            self.fields[f"case-{case.pk}"] = EmployeeChoice(
                label=gettext("%s goes to") % case.code,
                queryset=receivers,
                initial=proposed.get(case.pk),
            )
        self.order_fields([*(f"case-{case.pk}" for case in cases), "reason"])

    @property
    def receivers(self) -> dict[int, Employee]:
        """Who gets which case, by the case's id."""
        return {case.pk: self.cleaned_data[f"case-{case.pk}"] for case in self.cases}


class MeetingTimeForm(TimeForm):
    """When the meeting is, and whether a third comes."""

    third = EmployeeChoice(
        label=_("A third who comes along"),
        queryset=Employee.objects.none(),
        required=False,
        help_text=_("For instance the company consultant. They see the time, never the cases."),
    )

    def __init__(
        self, *args: Any, times: Sequence[datetime], colleagues: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, times=times, **kwargs)
        field = self.fields["third"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = colleagues


class HeldForm(forms.Form):
    """On which day the two talked; today when it is left empty."""

    on = date_field(_("When did you speak?"), help_text=_("Today, when you leave it empty."))
