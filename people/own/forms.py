"""One's own page "Min kalender og besked": what the person writes."""

from __future__ import annotations

from typing import Any

from django import forms

from people.domain.messages import CHOOSABLE, choices_of
from people.enums import Frequency, MessageKind
from people.models import Employee


class MessagesForm(forms.Form):
    """How often for each kind of message."""

    def __init__(self, *args: Any, employee: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = choices_of(employee)
        for kind in CHOOSABLE:
            self.fields[kind] = forms.ChoiceField(
                label=MessageKind(kind).label,
                choices=Frequency.choices,
                widget=forms.RadioSelect,
                initial=chosen[kind] if employee.wants_mail else Frequency.NEVER,
            )
