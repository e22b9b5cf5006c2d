"""The search documents of the knowledge base and their access tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue
from wagtail.models import get_page_models

from kb.guidepost_tags import fetch_guidepost, with_guidepost
from kb.models import (
    BasePage,
    Collection,
    CollectionPage,
    EvidenceCard,
    Guidepost,
    KeyFigure,
    Offer,
    Phrase,
    PublicationPage,
    QuestionCard,
    ThemePage,
)
from kb.models.base import shown_to
from kb.models.collections import items_of
from search.engines.base import Document
from search.registry import DocumentSource, register

if TYPE_CHECKING:
    from django.db import models

OPEN, LOGIN = frozenset({"open"}), frozenset({"login"})


def _text(*parts: StreamValue | str) -> str:
    """The words of texts and stream fields, one part per line."""
    words: list[str] = []
    for part in parts:
        if isinstance(part, StreamValue):
            words += part.stream_block.get_searchable_content(part)
        else:
            words.append(part)
    return "\n".join(str(word) for word in words if word)


def _page(page: BasePage, body: str, **more: Any) -> Document | None:
    """A page's document; None for a draft, without an address, and for an English version."""
    if not page.live or not page.url or page.language != settings.LANGUAGE_CODE:
        return None
    published = page.first_published_at
    return Document(
        id="",
        type="",
        title=page.title,
        body=body,
        url=page.url,
        acl=OPEN if page.is_public else LOGIN,
        published=timezone.localdate(published) if published else None,
        **more,
    )


def _themes_of(page: PublicationPage) -> tuple[str, ...]:
    return tuple(theme.nav_title for theme in page.themes.all() if theme.live)


def theme_document(theme: ThemePage) -> Document | None:
    """A theme, found by its title, its dilemmas and its text."""
    body = _text(theme.nav_title, theme.intro, theme.easy_read, theme.dilemmas, theme.body)
    return _page(theme, body, topics=(theme.nav_title,))


def publication_document(page: PublicationPage) -> Document | None:
    """A publication, found by its abstract, its authors and its kind."""
    body = _text(page.abstract, page.byline, page.get_kind_display(), page.transcript)
    return _page(page, body, topics=_themes_of(page), year=page.year)


def page_document(page: BasePage) -> Document | None:
    """A page of a type that says itself what it is found by."""
    return _page(page, _text(*page.words()))


def _listed(collection: str, anchor: str, title: str, body: str, **more: Any) -> Document | None:
    """An item's document; None where no live page lists its collection."""
    page = CollectionPage.objects.live().filter(collection=collection).first()
    if page is None or not page.url:
        return None
    acl = OPEN if page.is_public else LOGIN
    return Document(
        id="", type="", title=title, body=body, url=f"{page.url}#{anchor}", acl=acl, **more
    )


def _theme_titles(item: Offer | Phrase) -> tuple[str, ...]:
    themes = item.themes.filter(live=True).order_by("number")
    return tuple(themes.values_list("nav_title", flat=True))


def offer_document(offer: Offer) -> Document | None:
    """An offer, open or closed, found by its purpose, its note and its group."""
    kinds = (offer.action_kind,) if offer.action_kind else ()
    return _listed(
        Collection.OFFERS,
        offer.slug,
        offer.name,
        _text(offer.purpose, offer.note, offer.get_group_display()),
        topics=_theme_titles(offer),
        action_kinds=kinds,
    )


def phrase_document(phrase: Phrase) -> Document | None:
    """A phrase, found by its own words and by what to write instead."""
    body = _text(phrase.closes, phrase.alternative, phrase.explanation)
    topics = _theme_titles(phrase)
    return _listed(Collection.PHRASES, f"ord-{phrase.pk}", phrase.phrase, body, topics=topics)


def figure_document(figure: KeyFigure) -> Document | None:
    """A key figure, found by its statement, its population and its two readings."""
    body = _text(figure.population, figure.comparison, figure.reading_a, figure.reading_b)
    return _listed(Collection.FIGURES, figure.key, figure.statement, body)


def evidence_document(card: EvidenceCard) -> Document | None:
    """An evidence card, found by its summary and by why each grade was given."""
    body = _text(card.summary, *(dimension.why for dimension in card.dimensions))
    return _listed(Collection.EVIDENCE, card.slug, card.subject, body)


def question_document(card: QuestionCard) -> Document | None:
    """A question card, found by its question; its theme is a topic while it is published."""
    topics = (card.theme.nav_title,) if card.theme.live else ()
    return _listed(Collection.QUESTIONS, f"kort-{card.pk}", card.text, "", topics=topics)


def guidepost_document(guidepost: Guidepost) -> Document | None:
    """A guidepost, found by its text and the question that it asks."""
    body = _text(guidepost.text, guidepost.question)
    return _listed(
        Collection.GUIDEPOSTS, guidepost.slug, guidepost.title, body, guidepost=guidepost.title
    )


def _readable_pages(model: type[BasePage]) -> Callable[[Any, list[str]], Iterable[Any]]:
    def visible(user: Any, pks: list[str]) -> Iterable[Any]:
        return shown_to(model.objects.filter(pk__in=pks), user).values_list("pk", flat=True)

    return visible


def _readable_items(collection: str) -> Callable[[Any, list[str]], Iterable[Any]]:
    def visible(user: Any, pks: list[str]) -> Iterable[Any]:
        if not shown_to(CollectionPage.objects.filter(collection=collection), user).exists():
            return []
        return items_of(collection).filter(pk__in=pks).values_list("pk", flat=True)

    return visible


@dataclass(frozen=True)
class Kind:
    """One kind of document of the knowledge base: a page, or an item that a page lists.

    collection: of an item, the collection that lists it; "" for a page.
    about_theme: what leads from a theme to those that are about it; "" where none is.
    """

    type: str
    label: Any
    label_plural: Any
    model: Any
    build: Callable[[Any], Document | None]
    collection: str = ""
    about_theme: str = ""


def _declared_by_pages() -> Iterator[Kind]:
    for model in get_page_models():
        if issubclass(model, BasePage) and (found := model.found_as):
            yield Kind(found.type, found.label, found.label_plural, model, page_document)


KINDS: tuple[Kind, ...] = (
    Kind("theme", _("Theme"), _("Themes"), ThemePage, theme_document),
    Kind(
        "publication",
        _("Publication"),
        _("Publications"),
        PublicationPage,
        publication_document,
        about_theme="publications",
    ),
    *_declared_by_pages(),
    Kind(
        "offer",
        _("Offer"),
        _("Offers"),
        Offer,
        offer_document,
        Collection.OFFERS,
        about_theme="offers",
    ),
    Kind(
        "phrase",
        _("Phrase"),
        _("Phrases"),
        Phrase,
        phrase_document,
        Collection.PHRASES,
        about_theme="phrases",
    ),
    Kind(
        "key_figure",
        _("Key figure"),
        _("Key figures"),
        KeyFigure,
        figure_document,
        Collection.FIGURES,
    ),
    Kind(
        "evidence",
        _("Evidence card"),
        _("Evidence cards"),
        EvidenceCard,
        evidence_document,
        Collection.EVIDENCE,
    ),
    Kind(
        "question_card",
        _("Question card"),
        _("Question cards"),
        QuestionCard,
        question_document,
        Collection.QUESTIONS,
        about_theme="question_cards",
    ),
    Kind(
        "guidepost",
        _("Guidepost"),
        _("Guideposts"),
        Guidepost,
        guidepost_document,
        Collection.GUIDEPOSTS,
    ),
)
"""Search is told of their changes by `indexing.py`; nothing else is to be declared."""


def _pages_of(model: type[BasePage]) -> Callable[[], models.QuerySet[Any]]:
    def queryset() -> models.QuerySet[Any]:
        pages = fetch_guidepost(model.objects.live())
        return pages.prefetch_related("themes") if hasattr(model, "themes") else pages

    return queryset


def _items_of(collection: str) -> Callable[[], models.QuerySet[Any]]:
    return lambda: fetch_guidepost(items_of(collection))


for kind in KINDS:
    item = bool(kind.collection)
    register(
        DocumentSource(
            type=kind.type,
            label=kind.label,
            label_plural=kind.label_plural,
            model=kind.model,
            build=with_guidepost(kind.build),
            queryset=_items_of(kind.collection) if item else _pages_of(kind.model),
            visible=_readable_items(kind.collection) if item else _readable_pages(kind.model),
        )
    )
