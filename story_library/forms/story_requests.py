"""Forms that ask for a story, and answer with one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stories.forms import fields
from stories.forms.use import NO_CITIZEN
from stories.models import StoryPage


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
