"""The editors' lists of this room, under one entry of the admin's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from learning.models import Method, Programme


class MethodViewSet(SnippetViewSet):
    """Methods that colleagues may use; shown to readers as soon as they are saved."""

    model = Method
    icon = "tasks"
    list_display = ["name", "minutes", "participants"]


class ProgrammeViewSet(SnippetViewSet):
    """The levels of the training programmes."""

    model = Programme
    icon = "list-ol"
    list_display = ["name", "level", "ects", "valid_months"]


class LearningGroup(SnippetViewSetGroup):
    """All of them."""

    items = (MethodViewSet, ProgrammeViewSet)
    menu_label = _("Learning")
    menu_icon = "success"
    menu_order = 210
    add_to_admin_menu = True


register_snippet(LearningGroup)
