"""The page tree: made when missing, left alone once editors own it."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any, TypeVar

from django.utils import timezone
from wagtail.models import Page

from kb.models import (
    BasePage,
    Collection,
    CollectionPage,
    EvidenceCard,
    EventIndexPage,
    EventPage,
    KeyFigure,
    PublicationIndexPage,
    PublicationPage,
    StandardPage,
    ThemeIndexPage,
    ThemePage,
    ThemeRule,
)
from people.models import Employee, Municipality

from .bodies import body, dilemmas
from .files import read

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
    (
        EventIndexPage,
        "arrangementer",
        "Arrangementer",
        "Det, der kommer, og det, vi tog med hjem fra det, der var.",
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
    """About, privacy, accessibility, how it works: open, so that anyone can read them."""
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


def load_themes(actor: Employee | None) -> int:
    index = ThemeIndexPage.objects.get()
    towns = {town.slug: town for town in Municipality.objects.all()}
    made = 0
    for row in read("themes")["themes"]:
        if ThemePage.objects.filter(number=row["number"]).exists():
            continue
        page = ThemePage(
            title=row["headline"],
            **{name: row[name] for name in ("slug", "number", "nav_title", "intro")},
            dilemmas=dilemmas(row["dilemmas"]),
            body=body(row["body"]) + _figures(row["figures"]),
            **{f"contact_{name}": value for name, value in row["contact"].items()},
        )
        page.municipalities = [towns[slug] for slug in row["municipalities"] if slug in towns]
        page.drawn_by = [ThemeRule(**rule) for rule in row["drawn_by"]]
        made += ensure_page(index, page, actor) is not None
    return made


def _figures(keys: list[str]) -> list[tuple[str, Any]]:
    return [("key_figure", KeyFigure.objects.get(key=key)) for key in keys]


def load_publications(actor: Employee | None) -> int:
    index = PublicationIndexPage.objects.get()
    themes = {theme.number: theme for theme in ThemePage.objects.all()}
    made = 0
    for row in read("publications")["publications"]:
        page = PublicationPage(
            **{
                name: row[name]
                for name in (
                    "title", "slug", "kind", "status", "publisher", "year", "abstract",
                    "reading_state",
                )
            },  # fmt: skip
            authors="\n".join(row["authors"]),
            link=row["address"],
            is_example=row["origin"] == "demo",
        )
        page.themes = [themes[number] for number in row["themes"]]
        made += ensure_page(index, page, actor) is not None
    return made


def load_events(actor: Employee | None) -> int:
    index = EventIndexPage.objects.get()
    themes = {theme.number: theme for theme in ThemePage.objects.all()}
    rows = read("events")["events"]
    new: dict[str, str] = {}
    for row in rows:
        page = EventPage(**_event_fields(row))
        page.themes = [themes[number] for number in row["themes"]]
        if ensure_page(index, page, actor) is not None and row["next_event"]:
            new[row["slug"]] = row["next_event"]
    for slug, next_slug in new.items():
        page = EventPage.objects.get(slug=slug)
        page.next_event = EventPage.objects.get(slug=next_slug)
        page.save_revision(user=actor).publish(user=actor, skip_permission_checks=True)
    return len(rows) if new else 0
