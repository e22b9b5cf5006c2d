"""A large library for the benchmark: 2,000 pages and 5,000 sources beside the demo.

Sources are written in bulk; pages one by one, as editors save them, with footnotes, so that the
index of references and search grow with them.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from articles.enums import ArticleKind
from articles.models import ArticleIndexPage, ArticlePage, Authorship
from events.models import EventIndexPage, EventPage
from kb.models import (
    BasePage,
    IndexPage,
    Person,
    PublicationIndexPage,
    PublicationKind,
    PublicationPage,
    ThemePage,
)
from sources.enums import SourceKind
from sources.models import Source, SourceAuthor

if TYPE_CHECKING:
    from wagtail.models import Page

SEED = 20_261_130
BATCH = 100
SENTENCES = (
    "Vi spurgte borgeren, før vi spurgte journalen.",
    "En prøvedag på en arbejdsplads flyttede mere end tre samtaler.",
    "Det, der stod i overdragelsen, var hverken forkert eller nok.",
    "Kollegaen så noget, som den, der havde sagen, ikke havde set.",
    "Planen blev til to ting på samme tid i stedet for den ene efter den anden.",
)
NAMED = 7
"""Every so many pages cite the same source: what it is cited by is a long list."""


def add_sources(count: int) -> int:
    """Fill up to `count` sources with an author each; returns how many were made."""
    known = Source.objects.count()
    missing = max(count - known, 0)
    kinds = SourceKind.values
    made = Source.objects.bulk_create(
        Source(
            title=f"Rapport nummer {number} om tro og handling",
            slug=f"bench-rapport-{number}",
            kind=kinds[number % len(kinds)],
            year=1990 + number % 36,
            publisher=f"Forlag {number % 40}",
        )
        for number in range(known, known + missing)
    )
    SourceAuthor.objects.bulk_create(
        SourceAuthor(source=source, sort_order=0, given="Ane", family=f"Holm {source.pk}")
        for source in made
    )
    return missing


def add_pages(count: int) -> int:
    """Fill up to `count` articles, publications and events, half of them articles."""
    kinds: tuple[type[Page], ...] = (ArticlePage, PublicationPage, ArticlePage, EventPage)
    known = sum(model.objects.count() for model in {*kinds})
    missing = max(count - known, 0)
    library = _Library()
    for first in range(known, known + missing, BATCH):
        with transaction.atomic():
            for number in range(first, min(first + BATCH, known + missing)):
                library.add(kinds[number % len(kinds)], number)
    return missing


class _Library:
    """What the pages are made of, read once."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)  # noqa: S311 (sample data)
        self.sources = list(Source.objects.order_by("pk"))
        self.themes = list(ThemePage.objects.order_by("number"))
        self.people = list(Person.objects.order_by("pk"))
        lists: tuple[type[IndexPage], ...] = (
            ArticleIndexPage,
            PublicationIndexPage,
            EventIndexPage,
        )
        self.parents: dict[type[IndexPage], IndexPage] = {
            model: model.objects.get() for model in lists
        }
        self.today = timezone.localdate()

    def add(self, model: type[BasePage], number: int) -> None:
        """One published page of the kind."""
        title = f"Fra praksis nr. {number}"
        if model is ArticlePage:
            self._article(title, number)
        elif model is PublicationPage:
            self._publication(title, number)
        else:
            self._event(title, number)

    def _parent(self, model: type[IndexPage]) -> IndexPage:
        parent = self.parents[model]
        parent.refresh_from_db()  # treebeard counts its children there
        return parent

    def _source(self, number: int) -> Source:
        return self.sources[0] if number % NAMED == 0 else self.chance.choice(self.sources)

    def _article(self, title: str, number: int) -> None:
        body: list[tuple[str, object]] = []
        for place in range(6):
            words = " ".join(self.chance.choices(SENTENCES, k=5))
            note = {"source": self._source(number + place), "quote": "", "place": ""}
            body += [("paragraph", f"<p>{words}</p>"), ("source_note", note)]
        page = ArticlePage(
            title=title,
            slug=f"bench-{number}",
            kind=ArticleKind.COMMENTARY if number % 2 else ArticleKind.NEWS,
            lead=SENTENCES[number % len(SENTENCES)],
            body=body,
            published_on=self.today - timedelta(days=number),
        )
        page.themes = [self.themes[number % len(self.themes)]]
        page.authorships = [  # type: ignore[misc]
            Authorship(person=self.people[number % len(self.people)], sort_order=0)
        ]
        self._parent(ArticleIndexPage).add_child(instance=page)

    def _publication(self, title: str, number: int) -> None:
        page = PublicationPage(
            title=title,
            slug=f"bench-{number}",
            kind=PublicationKind.ANALYSIS,
            abstract=" ".join(SENTENCES),
            source=self._source(number),
        )
        page.themes = [self.themes[number % len(self.themes)]]
        self._parent(PublicationIndexPage).add_child(instance=page)

    def _event(self, title: str, number: int) -> None:
        """One in fifty is still to come."""
        days = number if number % 50 == 3 else -number
        page = EventPage(
            title=title,
            slug=f"bench-{number}",
            date=self.today + timedelta(days=days),
            description=" ".join(SENTENCES),
        )
        self._parent(EventIndexPage).add_child(instance=page)
