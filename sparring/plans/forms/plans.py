"""Forms of the planning pages. They read what was chosen; every rule is in `the domain`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kb.templatetags.ui import clock, weekday
from people.form_fields import date_field

if TYPE_CHECKING:
    from people.models import Employee

DAYS = 14
NOTICE = 3
OTHER_TIME = "other"


def next_monday(today: date) -> date:
    """The first Monday that leaves people two days to answer."""
    return today + timedelta(days=(-today.weekday() - NOTICE) % 7 + NOTICE)


def _choices(form: forms.Form, name: str, choices: Sequence[tuple[int | str, str]]) -> None:
    """Give a choice field the choices of this request."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class MakePlanForm(forms.Form):
    """Ask for a plan: its first day, its number of days (1 to 42), and partners (1 to 3)."""

    first_day = date_field(
        _("First day"), required=True, initial=lambda: next_monday(timezone.localdate())
    )
    days = forms.IntegerField(label=_("Number of days"), min_value=1, max_value=42, initial=DAYS)
    partners = forms.TypedChoiceField(
        label=_("Colleagues for each session"),
        help_text=_("For cases that only the rules ask about. A request says its own number."),
        coerce=int,
        choices=[(1, "1"), (2, "2"), (3, "3")],
        initial=1,
        widget=forms.RadioSelect,
    )


class PartnerForm(forms.Form):
    """Who leaves (when there is a choice) and who comes."""

    leaving = forms.TypedChoiceField(
        label=_("In the place of"), coerce=int, widget=forms.RadioSelect
    )
    coming = forms.TypedChoiceField(
        label=_("Choose a colleague"), coerce=int, widget=forms.RadioSelect
    )

    def __init__(
        self,
        *args: Any,
        partners: Sequence[Employee],
        colleagues: Iterable[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "leaving", [(partner.pk, str(partner)) for partner in partners])
        _choices(self, "coming", list(colleagues))
        if len(partners) == 1:
            self.fields["leaving"].widget = forms.HiddenInput()
            self.fields["leaving"].initial = partners[0].pk


class JoinForm(forms.Form):
    """The other case of a group session, and who comes along to both."""

    other = forms.TypedChoiceField(label=_("The other case"), coerce=int)
    along = forms.TypedChoiceField(
        label=_("Comes along to both"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        others: Sequence[tuple[int, str]],
        along: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "other", others)
        _choices(self, "along", [("", gettext("Nobody else")), *along])


class TimeForm(forms.Form):
    """One of the times that suit everybody, or another one."""

    suggested = forms.ChoiceField(
        label=_("Times that suit everybody"), required=False, widget=forms.RadioSelect
    )
    day = date_field(_("Another day"))
    clock = forms.TimeField(
        label=_("Begins at"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, *args: Any, times: Sequence[datetime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(time.isoformat(), f"{weekday(time)} {clock(time)}") for time in times]
        _choices(self, "suggested", [*choices, (OTHER_TIME, gettext("Another time"))])
        self.fields["suggested"].initial = times[0].isoformat() if times else OTHER_TIME

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = cleaned.get("suggested") or OTHER_TIME
        if chosen != OTHER_TIME:
            cleaned["starts_at"] = datetime.fromisoformat(chosen)
            return cleaned
        for name in ("day", "clock"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Write both the day and the time."))
        if not self.errors:
            wall = datetime.combine(cleaned["day"], cleaned["clock"])
            cleaned["starts_at"] = timezone.make_aware(wall)
        return cleaned


class OfferForm(forms.Form):
    """One of the colleagues who could come, each with the first time that suits."""

    offer = forms.ChoiceField(label=_("Who could come, and when"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, offers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "offer", offers)
        self.fields["offer"].initial = offers[0][0] if offers else None
