"""A theme in use cannot be deleted; the message says where it is used."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import PROTECT
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from kb.knowledge_apps import KNOWLEDGE_APPS
from kb.models import ThemePage

MOST_NAMED = 5


class ThemeInUse(models.ProtectedError):
    """Raised where a theme would be deleted that something refers to; `uses` says where."""

    def __init__(self, theme: ThemePage, uses: list[str]) -> None:
        self.uses = uses
        super().__init__(in_use(theme, uses), {theme})


def in_use(theme: ThemePage, uses: list[str]) -> str:
    """The message that refuses the deletion."""
    return _("“%(theme)s” is in use and stays: %(uses)s. Choose another theme there first.") % {
        "theme": theme.nav_title,
        "uses": "; ".join(uses),
    }


def uses_of(theme: ThemePage) -> list[str]:
    """Where it is used, a line for each kind: names of what editors share, else how many.

    What is of others (stories, also drafts) is counted and not named.
    """
    found = []
    for relation in ThemePage._meta.related_objects:
        if relation.many_to_many or getattr(relation, "on_delete", None) is PROTECT:
            rows = getattr(theme, relation.get_accessor_name() or "").all()
            if count := rows.count():
                found.append(_line(relation.related_model._meta, rows, count))
    return found


def used_themes_below(page: Any) -> list[ThemePage]:
    """Themes in use that would be deleted with a page and its subpages."""
    themes = ThemePage.objects.descendant_of(page, inclusive=True).order_by("number")
    return [theme for theme in themes if uses_of(theme)]


def _line(meta: Any, rows: Any, count: int) -> str:
    kind = meta.verbose_name if count == 1 else meta.verbose_name_plural
    if meta.app_label not in KNOWLEDGE_APPS:
        return f"{count} {kind}"
    names = [f"»{row}«" for row in rows[:MOST_NAMED]]
    names += ["…"] if count > MOST_NAMED else []
    return f"{count} {kind} ({get_text_list(names, _('and'))})"
