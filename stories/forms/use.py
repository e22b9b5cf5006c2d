"""Forms for responses and a moderator's decision."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from people.form_fields import date_field
from stories.enums import ResponseKind

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


# The word in the address → the kind of response and its form.
RESPONSES: dict[str, tuple[ResponseKind, type[forms.Form]]] = {
    "proevet": (ResponseKind.TRIED, TriedForm),
    "vil-proeve": (ResponseKind.WILL_TRY, WillTryForm),
    "aendret": (ResponseKind.CHANGED, ChangedForm),
}
