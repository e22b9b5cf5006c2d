"""The search page's address, read as a form: whatever is typed there gives a page, not an error."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from privacy.fields import SafeTextFormField
from search.engines.base import CASES, CONTENT, DEEPEST_HIT, FACETS, NEWEST, RELEVANCE, SORTS, TITLE

LONGEST_QUERY = 200
MOST_CHOICES = 20  # values of one facet
PAGE_SIZE = 10
SORT_LABELS = {RELEVANCE: _("Relevance"), NEWEST: _("Newest"), TITLE: _("Title")}
INDEX_LABELS = {CONTENT: _("Knowledge"), CASES: _("Your cases")}
FACET_LABELS = {
    "type": _("Type"),
    "topics": _("Theme"),
    "guidepost": _("Guidepost"),
    "target_group": _("Target group"),
    "action_kinds": _("Approach"),
    "municipality": _("Municipality"),
    "year": _("Year"),
    "outcome": _("Outcome"),
}


class SearchForm(forms.Form):
    """`q` with a CPR number is refused; other invalid values become their defaults."""

    q = SafeTextFormField(
        label=_("Search for"), required=False, max_length=LONGEST_QUERY, strip=True
    )

    @property
    def query(self) -> str:
        """The query; empty if it was refused."""
        self.is_valid()
        return str(self.cleaned_data.get("q", "")) if hasattr(self, "cleaned_data") else ""

    @property
    def sort(self) -> str:
        """One of SORTS."""
        given = self.data.get("sort", RELEVANCE)
        return given if given in SORTS else RELEVANCE

    @property
    def index(self) -> str:
        """One of the indexes."""
        given = self.data.get("in", CONTENT)
        return given if given in INDEX_LABELS else CONTENT

    @property
    def page(self) -> int:
        """From 1, and no further than an engine goes."""
        given = self.data.get("page", "1")
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 1
        return min(max(number, 1), DEEPEST_HIT // PAGE_SIZE)

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """Facet -> chosen values."""
        data: Any = self.data
        chosen = {name: tuple(filter(None, data.getlist(name)))[:MOST_CHOICES] for name in FACETS}
        return {name: values for name, values in chosen.items() if values}
