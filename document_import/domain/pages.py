"""From a draft's parts to a page of each kind, not saved yet."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.html import escape, format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import RichText

from articles.enums import ArticleKind
from articles.models import ArticleIndexPage, ArticlePage, Authorship
from document_import.drafts import Draft, Target
from events.models import EventIndexPage, EventPage
from events.models.parts import ProgrammePoint
from kb.models import (
    BasePage,
    PublicationIndexPage,
    PublicationKind,
    PublicationPage,
    ThemeIndexPage,
    ThemePage,
)
from sources.notes import note_html, with_note_at_end

from .found import person_of, source_of

if TYPE_CHECKING:
    from document_import.paragraphs import Link
    from people.models import Employee

_HOUR = re.compile(r"^(?:kl\.?\s*)?(?P<hour>\d{1,2})[.:](?P<minute>\d{2})\b")
Maker = Callable[["Employee", Draft], BasePage]
LISTS: dict[Target, type[BasePage]] = {
    Target.ARTICLE: ArticleIndexPage,
    Target.THEME: ThemeIndexPage,
    Target.PUBLICATION: PublicationIndexPage,
    Target.EVENT: EventIndexPage,
}


def parent_of(target: Target) -> BasePage:
    """The list below which the page is put. Raises ValidationError where there is none."""
    parent: BasePage | None = LISTS[target].objects.order_by("path").first()
    if parent is None:
        raise ValidationError(
            _("There is no list yet below which such a page can stand. Make the list first."),
            code="no_list",
        )
    return parent


def _article(actor: Employee, draft: Draft) -> ArticlePage:
    """A commentary; an editor makes it an interview or guidance, which need more than a text."""
    page = ArticlePage(
        title=draft.title,
        kind=ArticleKind.COMMENTARY,
        lead=draft.lead,
        body=body_of(actor, draft),
        contact=_contact(actor, draft),
    )
    page.authorships = [  # type: ignore[misc]
        Authorship(person=person_of(actor, author), sort_order=order)
        for order, author in enumerate(draft.authors)
    ]
    return page


def _theme(actor: Employee, draft: Draft) -> ThemePage:
    return ThemePage(
        title=draft.title,
        nav_title=draft.title[:160],
        intro=draft.lead,
        dilemmas=[
            ("dilemma", {"question": question, "positions": []}) for question in draft.dilemmas
        ],
        body=body_of(actor, draft),
        contact=_contact(actor, draft),
    )


def _publication(actor: Employee, draft: Draft) -> PublicationPage:
    """The one source of the document is the work itself; of several an editor chooses."""
    sources = [source_of(actor, found) for found in draft.sources]
    return PublicationPage(
        title=draft.title,
        kind=PublicationKind.INSPIRATION,
        abstract="\n\n".join(filter(None, [draft.lead, *draft.texts()])),
        source=sources[0] if len(sources) == 1 else None,
    )


def _event(actor: Employee, draft: Draft) -> EventPage:
    for found in draft.sources:
        source_of(actor, found)
    speaker = draft.speaker
    page = EventPage(
        title=draft.title,
        date=date.fromisoformat(draft.date),
        description="\n\n".join(filter(None, [draft.lead, *draft.texts()])),
        speaker=f"{speaker.name}, {speaker.title}, {speaker.organisation}" if speaker else "",
        summary_points="\n".join(draft.points),
    )
    points = [_programme_point(text, order) for order, text in enumerate(draft.programme)]
    page.programme = points  # type: ignore[misc]
    return page


def _programme_point(text: str, order: int) -> ProgrammePoint:
    """As "13.15 Oplæg": the hour, and what happens then."""
    found = _HOUR.match(text)
    hour, minute = (int(found["hour"]), int(found["minute"])) if found else (0, 0)
    starts_at = time(hour, minute) if found and hour < 24 and minute < 60 else None
    words = text[found.end() :].strip(" –-") if found and starts_at else text
    return ProgrammePoint(starts_at=starts_at, text=(words or text)[:240], sort_order=order)


MAKERS: dict[Target, Maker] = {
    Target.ARTICLE: _article,
    Target.THEME: _theme,
    Target.PUBLICATION: _publication,
    Target.EVENT: _event,
}


def _contact(actor: Employee, draft: Draft) -> Any:
    return person_of(actor, draft.contacts[0]) if draft.contacts else None


def body_of(actor: Employee, draft: Draft) -> list[tuple[str, Any]]:
    """The body's blocks, with the links of the text and a footnote for each source.

    A footnote stands in the running text before it, right after the link that it is about.
    """
    blocks: list[tuple[str, Any]] = []
    for kind, value in draft.blocks:
        if kind == "paragraph":
            blocks.append((kind, RichText(f"<p>{_linked(*value)}</p>")))
        elif kind != "source":
            blocks.append((kind, value))
        elif blocks and blocks[-1][0] == "paragraph":
            note = note_html(source_of(actor, value).pk)
            blocks[-1] = "paragraph", RichText(_noted(blocks[-1][1].source, value.address, note))
        else:
            source = source_of(actor, value)
            blocks.append(("source_note", {"source": source, "quote": "", "place": ""}))
    return blocks


def _noted(text: str, address: str, note: str) -> str:
    """The text with a footnote behind the link to that address, or at its end."""
    before, link, after = text.partition(format_html('<a href="{}">', address))
    words, end, rest = after.partition("</a>")
    if address and end:
        return f"{before}{link}{words}{end}{note}{rest}"
    return with_note_at_end(text, note)


def _linked(text: str, links: tuple[Link, ...]) -> str:
    """The text as html, each link once and in its place."""
    parts: list[str] = []
    for link in links:
        before, words, text = text.partition(link.words)
        if not words:
            text = before
            continue
        parts += [escape(before), format_html('<a href="{}">{}</a>', link.address, words)]
    return format_html_join("", "{}", ((part,) for part in [*parts, escape(text)]))
