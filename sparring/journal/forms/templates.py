"""The wordings of a municipality's texts: one field for each occasion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms

from people.form_fields import lines
from privacy.fields import SafeTextFormField
from sparring.enums import JournalOccasion
from sparring.journal.placeholders import PLACEHOLDERS, Placeholder, usual_template
from sparring.models.journal import LONGEST_TEMPLATE

if TYPE_CHECKING:
    from django.forms import BoundField


@dataclass(frozen=True)
class Wording:
    """One occasion on the page: its field, its placeholders, whether the wording is its own."""

    field: BoundField
    occasion: str
    placeholders: tuple[Placeholder, ...]
    is_own: bool
    preview: str = ""

    @property
    def is_marked(self) -> bool:
        """Whether the check marks something in the preview."""
        return "<mark>" in self.preview


class JournalTemplatesForm(forms.Form):
    """Every occasion's text as it is worded now; `own` are the municipality's own ones."""

    def __init__(self, *args: Any, own: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        for occasion in JournalOccasion:
            self.fields[occasion.value] = SafeTextFormField(
                label=occasion.label,
                required=False,
                max_length=LONGEST_TEMPLATE,
                initial=own.get(occasion.value) or usual_template(occasion),
                widget=lines(len(PLACEHOLDERS[occasion])),
            )

    def wordings(self, previews: Mapping[str, str]) -> Iterator[Wording]:
        """The occasions as the page shows them."""
        for code, placeholders in PLACEHOLDERS.items():
            yield Wording(self[code], code, placeholders, code in self.own, previews.get(code, ""))
