"""Forms for working hours, absence and availability."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .enums import AbsenceKind
from .form_fields import date_input
from .models import Absence, Employee, WorkingHours

# With a context: Django's own names of the days stand inside sentences, in lower case.
WEEKDAYS = (
    pgettext_lazy("form", "Monday"),
    pgettext_lazy("form", "Tuesday"),
    pgettext_lazy("form", "Wednesday"),
    pgettext_lazy("form", "Thursday"),
    pgettext_lazy("form", "Friday"),
)


class AvailabilityForm(forms.ModelForm):
    """How often the person may be asked, and whether they want to be next."""

    class Meta:
        model = Employee
        fields = [
            "pick_me_next", "max_per_7_days", "max_per_14_days", "max_per_30_days",
            "max_presented_per_week", "max_sessions_per_week", "several_a_day", "guest_elsewhere",
        ]  # fmt: skip
        labels = {
            "pick_me_next": _("Pick me for the next session"),
            "max_per_7_days": _("Sessions a week, at most"),
            "max_per_14_days": _("Sessions in two weeks, at most"),
            "max_per_30_days": _("Sessions a month, at most"),
            "max_presented_per_week": _("Cases of your own you bring a week, at most"),
            "max_sessions_per_week": _("Sessions a week in all, at most"),
            "several_a_day": _("Several sessions the same day are fine with me"),
            "guest_elsewhere": _("I would like to be a guest in other municipalities"),
        }
        help_texts = {
            "pick_me_next": _("Holds until you have been picked once."),
            "max_per_7_days": _("As a colleague in somebody else’s session."),
            "max_sessions_per_week": _("Monday to Sunday, your own cases and others’ together."),
            "max_per_14_days": _("Leave it empty when a week and a month are enough."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        week, month = cleaned.get("max_per_7_days"), cleaned.get("max_per_30_days")
        fortnight = cleaned.get("max_per_14_days")
        if week is not None and month is not None and month < week:
            self.add_error("max_per_30_days", _("A month holds at least as many as a week."))
        if fortnight is not None and week is not None and fortnight < week:
            self.add_error("max_per_14_days", _("Two weeks hold at least as many as one."))
        return cleaned


def _clock(label: str) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)


class HoursForm(forms.Form):
    """From and to for each working day; a day left empty is a day off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in enumerate(WEEKDAYS):
            self.fields[f"start_{number}"] = _clock(_("%(day)s from") % {"day": name})
            self.fields[f"end_{number}"] = _clock(_("%(day)s to") % {"day": name})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number, name in enumerate(WEEKDAYS):
            start, end = cleaned.get(f"start_{number}"), cleaned.get(f"end_{number}")
            if bool(start) != bool(end):
                self.add_error(f"end_{number}", _("Write both from and to, or neither."))
            elif start and end and start >= end:
                self.add_error(
                    f"end_{number}", _("%(day)s must end after it starts.") % {"day": name}
                )
        return cleaned

    def hours(self) -> dict[int, tuple[Any, Any]]:
        """Return {weekday: (from, to)} for the days that are worked."""
        days = {}
        for number in range(len(WEEKDAYS)):
            start, end = self.cleaned_data[f"start_{number}"], self.cleaned_data[f"end_{number}"]
            if start and end:
                days[number] = (start, end)
        return days


def initial_hours(rows: Iterable[WorkingHours]) -> dict[str, time]:
    """What `HoursForm` shows before it is filled in."""
    initial = {}
    for hours in rows:
        initial[f"start_{hours.weekday}"] = hours.start
        initial[f"end_{hours.weekday}"] = hours.end
    return initial


class AbsenceForm(forms.ModelForm):
    """A period without sessions; no reason is stored."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=AbsenceKind.choices, widget=forms.RadioSelect,
        initial=AbsenceKind.AWAY,
    )  # fmt: skip

    class Meta:
        model = Absence
        fields = ["kind", "first_day", "last_day"]
        widgets = {
            "first_day": date_input(),
            "last_day": date_input(),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day comes before the first."))
        return cleaned
