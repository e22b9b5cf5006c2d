"""The readers' answer, and the authors' reasons and ticks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from stories.enums import Tick

from . import fields


class ReasonForm(forms.Form):
    """Why a warning may stand."""

    found = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = fields.text(_("Why may it stand?"), longest=300)


class TicksForm(forms.Form):
    """The eight questions of recognisability."""

    ticks = fields.ticked(_("Could somebody recognise the citizen?"), Tick.choices)


class SendBackForm(forms.Form):
    """What the author should change, and why."""

    reason = fields.text(
        _("What should the author change, and why?"),
        longest=1000,
        rows=4,
        help_text=_("The author reads this word for word. Be concrete and kind."),
    )
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
