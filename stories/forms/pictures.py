"""A picture of the story: file, alternative text and focus."""

from __future__ import annotations

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kb.pictures import MEGAPIXELS
from stories.enums import Focus

from . import fields


class PictureWordsForm(forms.Form):
    """The words and the focus of a picture that is there."""

    alt = fields.text(
        _("What does the picture show?"),
        longest=200,
        required=True,
        help_text=_("For those who cannot see it. No names and no places."),
    )
    caption = fields.text(_("Caption"), longest=200)
    focus = forms.ChoiceField(
        label=_("What matters most in it?"),
        help_text=_("That part stays when the picture is cut."),
        choices=Focus.choices,
        initial=Focus.CENTRE,
        widget=forms.RadioSelect,
    )


class PictureForm(PictureWordsForm):
    """The same with a file."""

    file = forms.FileField(
        label=_("Picture"),
        help_text=format_lazy(
            _(
                "JPEG, PNG or WebP, at most 12 MB and {most} megapixels. Its name, its place and "
                "its time are thrown away."
            ),
            most=MEGAPIXELS,
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    field_order = ("file", "alt", "caption", "focus")
