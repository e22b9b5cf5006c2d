"""Registering a consent: who, for what, when. No name anywhere."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.form_fields import date_field
from stories.enums import Party, Scope

from . import fields


class ConsentForm(forms.Form):
    """One party may consent to several uses at once; each is stored as its own consent."""

    party = forms.ChoiceField(
        label=_("Who has agreed?"), choices=Party.choices, widget=forms.RadioSelect
    )
    scopes = fields.ticked(_("To what?"), Scope.choices, _("Each can be taken back by itself."))
    given_on = date_field(_("When?"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].required = True
        self.fields["given_on"].initial = timezone.localdate
        self.fields["party"].initial = Party.CITIZEN
