"""The editors' list of sources, and the chooser that makes a missing one on the spot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from search.admin.columns import ChoiceColumn
from sources.models import Source

if TYPE_CHECKING:
    from sources.models.sources import SourceQuerySet


class SourceFilterForm(BaseFilterForm):
    """The box above the list of the window: the words by which somebody looks for a source."""

    q = forms.CharField(
        label=_("Title, author, publisher, year or DOI"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Search")}),
    )

    def filter(self, objects: SourceQuerySet) -> SourceQuerySet:
        words: str = self.cleaned_data["q"]
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        return objects.found_by(words)


class SearchedView(ChooseView):
    """The window as it opens."""

    filter_form_class = SourceFilterForm


class SearchedResultsView(ChooseResultsView):
    """What stands below the box, again for each word."""

    filter_form_class = SourceFilterForm


class SourceChooserViewSet(SnippetChooserViewSet):
    """Choose a source; a second tab writes one down that is not there yet."""

    choose_view_class = SearchedView
    choose_results_view_class = SearchedResultsView
    form_fields = ["title", "kind", "year", "publisher", "doi", "url"]
    creation_tab_label = _("New source")


class SourceViewSet(SnippetViewSet):
    """Every source, found by its title, publisher or DOI."""

    model = Source
    icon = "openquote"
    menu_label = _("Sources")
    menu_order = 210
    add_to_admin_menu = True
    chooser_viewset_class = SourceChooserViewSet
    list_display = ["title", ChoiceColumn(Source, "kind"), "year", "publisher", "retracted_on"]
    list_filter = ["kind", "year"]
    search_fields = ["title", "publisher", "published_in", "doi"]
