"""The reviewer's decision, and the author's reasons and answers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from stories.enums import Tick

from . import fields


class ReasonForm(forms.Form):
    """Why a warning may stay."""

    found = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = fields.text(_("Why may it stand?"), longest=300, required=True)


class TicksForm(forms.Form):
    """The eight questions of recognisability."""

    ticks = forms.MultipleChoiceField(
        label=_("Could somebody recognise the citizen?"),
        choices=Tick.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Go through all eight. Each of them protects a person.")},
    )


class DigestForm(forms.Form):
    """The digest of the text that the reviewer saw."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)


class AppealForm(forms.Form):
    """Why a second reviewer should look at the story."""

    reason = fields.text(
        _("Why should a second reader look at it?"), longest=1000, rows=4, required=True
    )


class SendBackForm(DigestForm):
    """What the author should change, and why."""

    reason = fields.text(
        _("What should the author change, and why?"),
        longest=1000,
        rows=4,
        help_text=_("The author reads this word for word. Be concrete and kind."),
        required=True,
    )
