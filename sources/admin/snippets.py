"""The editors' list of sources, and the chooser that makes a missing one on the spot."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from search.admin.columns import ChoiceColumn
from sources.models import Source


class SourceChooserViewSet(SnippetChooserViewSet):
    """Choose a source; a second tab writes one down that is not there yet."""

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
