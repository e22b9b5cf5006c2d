"""The editors' lists: one menu, one view set per kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from kb.admin.content import ContentViewSet
from kb.models import (
    EvidenceCard,
    FileText,
    Guidepost,
    KeyFigure,
    LawWord,
    Offer,
    Person,
    Phrase,
    QuestionCard,
)
from search.admin.columns import ChoiceColumn

if TYPE_CHECKING:
    from wagtail.admin.panels import Panel


class KeyFigureViewSet(ContentViewSet):
    """Key figures; those in draft are listed too and marked."""

    model = KeyFigure
    icon = "order"
    list_display = ["statement", "population", "valid_on"]
    list_filter = ["unit", "adjustment"]
    search_fields = ["statement", "population"]


class EvidenceCardViewSet(ContentViewSet):
    """Evidence cards, with the day on which each is to be judged again."""

    model = EvidenceCard
    icon = "clipboard-list"
    list_display = ["subject", ChoiceColumn(EvidenceCard, "verdict"), "review_on"]
    list_filter = ["verdict", "subject_kind"]


class OfferViewSet(ContentViewSet):
    """Offers, open and closed: a closed one keeps its place, with the day it closed."""

    model = Offer
    icon = "pick"
    list_display = ["name", ChoiceColumn(Offer, "group"), "closed_on"]
    list_filter = ["group"]


class PhraseViewSet(ContentViewSet):
    """Phrases that close something, each with a sentence to write instead."""

    model = Phrase
    icon = "comment"
    list_display = ["phrase", "alternative"]


class QuestionCardViewSet(ContentViewSet):
    """Question cards; one that is not active is kept but put before nobody."""

    model = QuestionCard
    icon = "help"
    list_display = ["text", "theme", "active"]
    list_filter = ["theme", "active"]


class GuidepostViewSet(ContentViewSet):
    """The guideposts in the order in which readers meet them."""

    model = Guidepost
    icon = "site"
    list_display = ["title", "question", "position"]


class LawWordViewSet(SnippetViewSet):
    """Words of the law; retiring one sends back the stories that use it."""

    model = LawWord
    icon = "warning"
    list_display = ["word", "retired_on"]


class PersonViewSet(SnippetViewSet):
    """People who write, speak or can be asked: professionals, never citizens."""

    model = Person
    icon = "user"
    list_display = ["name", "title", "organisation"]
    search_fields = ["name", "organisation"]


class FileTextViewSet(SnippetViewSet):
    """Which uploaded files search can read, and why not the others. Nothing to edit."""

    model = FileText
    icon = "doc-full"
    list_display = ["document", "state", "read_at"]
    list_filter = ["unread"]
    inspect_view_enabled = True
    # Not the document itself: Wagtail shows its size, which a file that is gone does not have.
    inspect_view_fields = ["title", "state", "read_at"]
    panels: list[Panel] = []


class KnowledgeBaseGroup(SnippetViewSetGroup):
    """All of the lists above under one entry of the admin's menu."""

    items = (
        KeyFigureViewSet,
        EvidenceCardViewSet,
        OfferViewSet,
        LawWordViewSet,
        PhraseViewSet,
        QuestionCardViewSet,
        GuidepostViewSet,
        PersonViewSet,
        FileTextViewSet,
    )
    menu_label = _("Knowledge base")
    menu_icon = "folder-open-inverse"
    menu_order = 200
    add_to_admin_menu = True
