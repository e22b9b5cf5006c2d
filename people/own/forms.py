"""One's own page "Min kalender og besked": what the person writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.calendars.addresses import LONGEST
from people.calendars.ics_parser import MOST_BYTES
from people.domain.notification_choices import CHOOSABLE, choices_of
from people.enums import CalendarProblem, Frequency, Topic

if TYPE_CHECKING:
    from people.models import Employee


class UploadForm(forms.Form):
    """A calendar as a file."""

    file = forms.FileField(
        label=_("Calendar file (.ics)"),
        help_text=_(
            "At most 1 MB. The file is not kept, and nothing of what it says but the times."
        ),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(CalendarProblem.TOO_LARGE.label, code="too_large")
        return file.read()


class SubscribeForm(forms.Form):
    """A calendar by its address; the domain says what is wrong with it."""

    address = forms.CharField(
        label=_("The calendar's address"),
        max_length=LONGEST,
        help_text=_("Outlook and Google call it a link to share, in iCal or ICS format."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )


class MessagesForm(forms.Form):
    """How often for each topic of notifications."""

    def __init__(self, *args: Any, employee: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = choices_of(employee)
        for topic in CHOOSABLE:
            self.fields[topic] = forms.ChoiceField(
                label=Topic(topic).label,
                choices=Frequency.choices,
                widget=forms.RadioSelect,
                initial=chosen[topic] if employee.wants_mail else Frequency.NEVER,
            )
