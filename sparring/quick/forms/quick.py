"""The form that asks for ten minutes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sparring.shared.forms import CaseTextFormField

if TYPE_CHECKING:
    from people.models import Employee

MOST_ASKED = 3


class QuickAskForm(forms.Form):
    """Who is asked, the first three of those who are free unless chosen otherwise."""

    colleagues = forms.TypedMultipleChoiceField(
        label=_("Free right now"),
        help_text=_("Up to three are asked at once. The first to say yes gets it."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one to three colleagues.")},
    )
    key_question = CaseTextFormField(
        label=_("Your key question"),
        required=False,
        max_length=140,
        help_text=_("What do you want help to see? At most 140 characters."),
    )

    def __init__(self, *args: Any, free: Sequence[Employee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["colleagues"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(colleague.pk, str(colleague)) for colleague in free]
        field.initial = [colleague.pk for colleague in free[:MOST_ASKED]]
