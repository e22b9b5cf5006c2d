"""The form of the sections' switches: open or not, and shown by search engines or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from kb.models import Section
from open_half.domain.sections import Switch


class Row(NamedTuple):
    """The two boxes of a section."""

    heading: str
    is_open: forms.BoundField
    is_indexed: forms.BoundField


class SectionsForm(forms.Form):
    """Two boxes for each section."""

    def __init__(self, *args: Any, present: Mapping[str, Switch], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section, switch in present.items():
            self.fields[f"open_{section}"] = forms.BooleanField(
                label=_("Everybody may read it"), required=False, initial=switch.is_open
            )
            self.fields[f"indexed_{section}"] = forms.BooleanField(
                label=_("Search engines may show it"), required=False, initial=switch.is_indexed
            )

    @property
    def rows(self) -> Iterator[Row]:
        for section, label in Section.choices:
            yield Row(str(label), self[f"open_{section}"], self[f"indexed_{section}"])

    def clean(self) -> None:
        for section in Section.values:
            given = self.cleaned_data
            if given.get(f"indexed_{section}") and not given.get(f"open_{section}"):
                self.add_error(
                    f"indexed_{section}", _("Search engines only show what everybody may read.")
                )

    @property
    def wanted(self) -> dict[str, Switch]:
        """What was chosen."""
        given = self.cleaned_data
        return {
            section: Switch(given[f"open_{section}"], given[f"indexed_{section}"])
            for section in Section.values
        }
