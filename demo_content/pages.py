"""The page tree: made when missing, left alone once editors own it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kb.models import (
    BasePage,
    Collection,
    CollectionPage,
    PublicationIndexPage,
    StandardPage,
    ThemeIndexPage,
)

from .bodies import body
from .files import read

if TYPE_CHECKING:
    from wagtail.models import Page

    from people.models import Employee

PageT = TypeVar("PageT", bound=BasePage)

# The sections below the front page: model, address, title, introduction.
SECTIONS: tuple[tuple[type[BasePage], str, str, str], ...] = (
    (ThemeIndexPage, "temaer", "Analysetemaer", "Vælg det tema, der ligner din sag mest."),
    (
        PublicationIndexPage,
        "publikationer",
        "Publikationer",
        "Resuméerne er vores egne ord. Ved hver står, hvor meget af den vi har læst.",
    ),
)
COLLECTIONS: tuple[tuple[Collection, str, str, str], ...] = (
    (
        Collection.METHODS,
        "metoder",
        "Metoder",
        "Måder at tale en sag igennem på: hvornår de hjælper, og hvornår I skal lade være.",
    ),
    (
        Collection.OFFERS,
        "tilbud",
        "Tilbud og handlinger",
        "Det, der kan sættes i gang. Er noget lukket, står der, hvad I kan gøre i stedet.",
    ),
    (
        Collection.PHRASES,
        "ordkort",
        "Ordkort",
        "Sætninger, der lukker en sag, og forslag, der åbner den igen.",
    ),
    (
        Collection.FIGURES,
        "noegletal",
        "Nøgletal",
        "Hvert tal med dem, det handler om, kilden og to måder at læse det på.",
    ),
    (
        Collection.EVIDENCE,
        "vidensdeklarationer",
        "Vidensdeklarationer",
        "Hvor godt noget er undersøgt, og om undersøgelserne er enige.",
    ),
    (
        Collection.QUESTIONS,
        "spoergsmaalskort",
        "Spørgsmålskort",
        "Spørgsmålene, der lægges på bordet i sparringen, samlet efter tema.",
    ),
    (
        Collection.GUIDEPOSTS,
        "pejlemaerker",
        "Pejlemærker",
        "De sætninger, arbejdet styrer efter.",
    ),
    (
        Collection.PROGRAMMES,
        "uddannelser",
        "Uddannelser",
        "Hvad man kan blive certificeret i, og hvor længe et certifikat gælder.",
    ),
)


def ensure_page(parent: Page, page: PageT, actor: Employee | None) -> PageT | None:
    """Add and publish `page` below `parent` unless its address is taken; None if it was."""
    if parent.get_children().filter(slug=page.slug).exists():
        return None
    parent.add_child(instance=page)
    page.save_revision(user=actor).publish(user=actor, skip_permission_checks=True)
    parent.refresh_from_db()
    return page


def load_sections(home: Page, actor: Employee | None) -> int:
    """The lists and collections below the front page. Returns how many were made."""
    pages: list[BasePage] = [
        model(title=title, slug=slug, intro=intro) for model, slug, title, intro in SECTIONS
    ]
    pages += [
        CollectionPage(title=title, slug=slug, intro=intro, collection=collection)
        for collection, slug, title, intro in COLLECTIONS
    ]
    return sum(ensure_page(home, page, actor) is not None for page in pages)


def load_texts(home: Page, actor: Employee | None) -> int:
    """About, privacy, how it works: open, so that anyone can read them."""
    made = 0
    for row in read("pages")["pages"]:
        page = StandardPage(
            title=row["title"],
            slug=row["slug"],
            intro=row["intro"],
            body=body(row["body"]),
            is_open=True,
        )
        made += ensure_page(home, page, actor) is not None
    return made
