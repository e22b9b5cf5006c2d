"""Correcting a small mistake within half an hour, and entering a letter's code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import fields

if TYPE_CHECKING:
    from stories.models import StoryPage


class CorrectionForm(forms.Form):
    """The story's plain texts as they stand (domain.corrections.FIELDS)."""

    title = fields.text(_("Title"), longest=120, required=True)
    teaser = fields.text(_("Teaser"), longest=200, required=True)
    hard = fields.text(_("What was hard?"), longest=3000, rows=9, required=True)
    turning_point = fields.text(_("The turning point"), longest=3000, rows=9, required=True)
    quote = fields.text(_("A sentence to remember"), longest=300)
    would_do_differently = fields.text(
        _("What would you do differently?"), longest=2000, rows=5, required=True
    )

    def __init__(self, *args: Any, story: StoryPage, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(story, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)

    def changed_values(self) -> dict[str, str]:
        """The changed texts."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class LetterCodeForm(forms.Form):
    """The code printed in the citizen's letter."""

    code = fields.text(
        _("The code in your letter"),
        longest=40,
        required=True,
        help_text=_("Seventeen letters and digits. Capital or small letters make no difference."),
    )
