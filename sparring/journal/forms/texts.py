"""The text that is looked over and copied; nothing of it is stored."""

from __future__ import annotations

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from privacy.fields import SafeTextFormField

LONGEST = 20_000
ROWS = 18


class JournalTextForm(forms.Form):
    """A text, and what somebody has confirmed in it. The text is checked while one writes."""

    text = SafeTextFormField(
        label=_("The text"),
        help_text=_("You can change it here. Nothing is kept, and nothing is sent."),
        max_length=LONGEST,
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={
                "rows": ROWS,
                "hx-post": reverse_lazy("sparring:journal_check"),
                "hx-trigger": "input changed delay:300ms",
                "hx-target": "#check-text",
                "hx-sync": "this:replace",
            }
        ),
    )
