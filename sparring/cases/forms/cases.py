"""Forms of the case pages. They read what was typed; every rule is in the domain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.form_fields import date_field, lines
from sparring.colleagues.queries.guests import guest_homes
from sparring.enums import ClosedAs
from sparring.models import MOST_PARTNERS, Case, SparringRequest
from sparring.shared.forms import CaseTextFormField


class SnoozeForm(forms.Form):
    """Put a case off until a day at most 60 days ahead, with a reason."""

    until = date_field(_("Put off until"), required=True, help_text=_("At most 60 days ahead."))
    reason = CaseTextFormField(
        label=_("Why"),
        max_length=200,
        widget=lines(3),
        help_text=_("One sentence. Your leader sees that it is put off twice, never why."),
    )


class SparringRequestForm(forms.Form):
    """Request a session for a case: key question, length in minutes and partners."""

    key_question = CaseTextFormField(
        label=_("Your key question"),
        max_length=140,
        widget=lines(2),
        help_text=_("What do you want help to see? At most 140 characters."),
    )
    duration_minutes = forms.TypedChoiceField(
        label=_("How long"),
        coerce=int,
        choices=SparringRequest._meta.get_field("duration_minutes").choices or [],
        initial=25,
        widget=forms.RadioSelect,
        help_text=_("40 minutes are a group session: your case and a colleague’s. Alone it is 25."),
    )
    partners = forms.TypedChoiceField(
        label=_("How many colleagues"),
        help_text=_("One is usual. Two or three see more, and are harder to find a time with."),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, MOST_PARTNERS + 1)],
        initial=1,
        widget=forms.RadioSelect,
    )
    deadline = date_field(_("Wanted before"))
    allow_guest = forms.BooleanField(
        label=_("A guest from another municipality may come"),
        required=False,
        help_text=_("Only where your municipality has an agreement. You can change it later."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not guest_homes(case.municipality_id):
            del self.fields["allow_guest"]


class PauseForm(forms.Form):
    """Pause a case until a day, with a reason."""

    until = date_field(_("Paused until"), required=True)
    reason = CaseTextFormField(label=_("Why"), max_length=200, widget=lines(2))


class CloseForm(forms.Form):
    """Close a case: how it ended, and on which day; today when the day is left empty."""

    closed_as = forms.ChoiceField(
        label=_("How did it end?"), choices=ClosedAs.choices, widget=forms.RadioSelect
    )
    closed_on = date_field(_("When"), help_text=_("Today, when you leave it empty."))
