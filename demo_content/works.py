"""Publications, tied to their themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.models import PublicationIndexPage, PublicationPage, ThemePage

from .files import read
from .guideposts import tag_of
from .pages import ensure_page
from .sources import source_called

if TYPE_CHECKING:
    from people.models import Employee


def load_publications(actor: Employee | None) -> int:
    """Make the missing publications; themes must be there. Returns how many were made."""
    index = PublicationIndexPage.objects.get()
    themes = {theme.number: theme for theme in ThemePage.objects.all()}
    made = 0
    for row in read("publications")["publications"]:
        page = PublicationPage(
            **{
                name: row[name]
                for name in (
                    "title",
                    "slug",
                    "kind",
                    "status",
                    "abstract",
                    "reading_state",
                )
            },
            source=source_called(row["slug"]),
            guidepost=tag_of("publications", row["slug"]),
            is_example=row["origin"] == "demo",
        )
        page.themes = [themes[number] for number in row["themes"]]
        made += ensure_page(index, page, actor) is not None
    return made
