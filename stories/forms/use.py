"""Forms for responses, a moderator's decision and story requests."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.form_fields import date_field
from stories.enums import ResponseKind
from stories.models import StoryPage

from . import fields

NO_CITIZEN = _("Write nothing that a citizen could be recognised by.")


class TriedForm(forms.Form):
    """What happened when the employee tried it."""

    text = fields.text(_("What happened?"), longest=800, rows=4, help_text=NO_CITIZEN)


class WillTryForm(forms.Form):
    """When one will try it."""

    planned_for = date_field(_("When will you try it?"))


class ChangedForm(forms.Form):
    """What the employee has changed since."""

    text = fields.text(
        _("What have you changed?"), longest=800, rows=4, help_text=NO_CITIZEN, required=True
    )


class NotShownForm(forms.Form):
    """Why a response is not shown."""

    reason = fields.text(_("Why is it not shown?"), longest=300, required=True)


class StoryRequestForm(forms.Form):
    """The topic of a requested story."""

    topic = fields.text(
        _("What would you like a story about?"),
        longest=120,
        required=True,
        help_text=_("For example: how a first visit to a company was agreed by phone."),
    )
    text = fields.text(_("What would you like to know?"), longest=600, rows=4, help_text=NO_CITIZEN)


class AnswerForm(forms.Form):
    """The story that answers a request, among those the employee may read."""

    story: forms.ModelChoiceField[StoryPage] = forms.ModelChoiceField(
        label=_("Which story answers it?"),
        queryset=StoryPage.objects.none(),
        empty_label=_("Choose"),
    )

    def __init__(self, *args: Any, stories: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["story"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = stories


# The word in the address → the kind of response and its form.
RESPONSES: dict[str, tuple[ResponseKind, type[forms.Form]]] = {
    "proevet": (ResponseKind.TRIED, TriedForm),
    "vil-proeve": (ResponseKind.WILL_TRY, WillTryForm),
    "aendret": (ResponseKind.CHANGED, ChangedForm),
}
