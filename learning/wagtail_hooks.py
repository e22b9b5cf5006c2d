"""The editors' lists of this room, under one entry of the admin's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from kb.admin.content import ContentViewSet
from learning.models import (
    EthicsStatement,
    Method,
    Module,
    ModuleEvent,
    OnboardingItem,
    Programme,
    Root,
)


class MethodViewSet(ContentViewSet):
    """Methods that colleagues may use; shown to readers once they are approved."""

    model = Method
    icon = "tasks"
    list_display = ["name", "minutes", "participants", "owner"]


class RootViewSet(ContentViewSet):
    """The theory that the methods stand on."""

    model = Root
    icon = "site"
    list_display = ["name", "position"]


class ModuleViewSet(ContentViewSet):
    """Modules of the training programmes."""

    model = Module
    icon = "list-ul"
    list_display = ["name", "hours", "ects"]


class ModuleEventViewSet(SnippetViewSet):
    """Which events count for which modules."""

    model = ModuleEvent
    icon = "date"
    list_display = ["event", "module"]
    list_filter = ["module"]


class ProgrammeViewSet(ContentViewSet):
    """The levels of the training programmes."""

    model = Programme
    icon = "list-ol"
    list_display = ["name", "level", "ects", "valid_months"]


class OnboardingViewSet(SnippetViewSet):
    """What new colleagues of each unit go through."""

    model = OnboardingItem
    icon = "clipboard-list"
    list_display = ["unit", "__str__", "weeks"]
    list_filter = ["unit", "kind"]


class EthicsViewSet(ContentViewSet):
    """The versions of the ethics statement."""

    model = EthicsStatement
    icon = "doc-full"
    list_display = ["version", "valid_from"]


class LearningGroup(SnippetViewSetGroup):
    """All of them."""

    items = (
        MethodViewSet,
        RootViewSet,
        ModuleViewSet,
        ModuleEventViewSet,
        ProgrammeViewSet,
        OnboardingViewSet,
        EthicsViewSet,
    )
    menu_label = _("Methods and certificates")
    menu_icon = "success"
    menu_order = 210
    add_to_admin_menu = True


register_snippet(LearningGroup)
