"""The editors' lists of words, synonyms and recommendations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList, Panel
from wagtail.snippets.views.snippets import (
    CreateView,
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from search.admin.columns import ChoiceColumn
from search.admin.forms import PromotionForm
from search.editing import reindexing
from search.models import Promotion, Synonym, Word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class PrefilledCreateView(CreateView):
    """The fields that the address names are filled in: one click from the report."""

    def get_form_kwargs(self) -> dict[str, Any]:
        given = {name: value for name, value in self.request.GET.items() if value}
        kwargs: dict[str, Any] = super().get_form_kwargs()
        return {**kwargs, "initial": {**kwargs.get("initial", {}), **given}}


class WordIndexView(IndexView):
    """The list says where the words are on their way into use."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.results_only:
            _tell_status(request)
        return super().get(request, *args, **kwargs)


def _tell_status(request: HttpRequest) -> None:
    found = reindexing.status()
    if found.percent is not None:
        text = _("The documents are being analysed with the new words: %(percent)s %% are done.")
        messages.info(request, text % {"percent": found.percent})
        if found.error:
            messages.warning(request, _("The last try stopped. It is tried again by itself."))
    elif found.waiting:
        text = _("The change is taken into use within a minute or two. Search works meanwhile.")
        messages.info(request, text)


class WordViewSet(SnippetViewSet):
    """Words that the editors taught search to know."""

    model = Word
    icon = "tag"
    index_view_class = WordIndexView
    add_view_class = PrefilledCreateView
    list_display = ["word", "note", "changed_at"]
    search_fields = ["word", "note"]
    panels: list[Panel] = [FieldPanel("word"), FieldPanel("note")]


class SynonymViewSet(SnippetViewSet):
    """Words that find each other, or find one way only."""

    model = Synonym
    icon = "link"
    add_view_class = PrefilledCreateView
    list_display = ["words", "also", "note", "changed_at"]
    search_fields = ["words", "also", "note"]
    panels: list[Panel] = [FieldPanel("words"), FieldPanel("also"), FieldPanel("note")]


class PromotionViewSet(SnippetViewSet):
    """Documents shown first or hidden for a query; the form asks for an address."""

    model = Promotion
    icon = "pick"
    add_view_class = PrefilledCreateView
    list_display = [
        "trigger",
        ChoiceColumn(Promotion, "kind"),
        "title",
        "starts_on",
        "ends_on",
        "owner",
    ]
    list_filter = ["kind", "match"]
    search_fields = ["trigger", "title", "note"]

    edit_handler = ObjectList(
        [
            FieldPanel(name)
            for name in (
                "trigger",
                "match",
                "kind",
                "address",
                "starts_on",
                "ends_on",
                "owner",
                "note",
            )
        ],
        base_form_class=PromotionForm,
    )


class SearchGroup(SnippetViewSetGroup):
    """The editors' three lists under one entry of the admin's menu."""

    items = (WordViewSet, SynonymViewSet, PromotionViewSet)
    menu_label = gettext_lazy("Searching")
    menu_name = "search-words"
    menu_icon = "search"
    menu_order = 210
    add_to_admin_menu = True
