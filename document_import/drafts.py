"""From recognised paragraphs to the parts of a draft, with one fate for each paragraph. No Django.

The account is the point: `Draft.fates` has one entry for each paragraph of the document, in its
order, so that whoever moves a document in sees what became of every line of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from .contacts import Contact
from .dates import date_in
from .people_named import person_named
from .recognition import Reason, Recognised, Role, author_in, recognise

if TYPE_CHECKING:
    from .paragraphs import Link, Paragraph

MOST_TITLE = 200
MOST_SOURCE = 300


class Target(StrEnum):
    """What a document becomes."""

    ARTICLE = "article"
    THEME = "theme"
    PUBLICATION = "publication"
    EVENT = "event"


class Outcome(StrEnum):
    """What became of a paragraph."""

    USED = "used"
    MOVED = "moved"
    LEFT_OUT = "left_out"


class Destination(StrEnum):
    """Where a paragraph went."""

    NOWHERE = ""
    BODY = "body"
    TITLE = "title"
    LEAD = "lead"
    DILEMMAS = "dilemmas"
    AUTHORS = "authors"
    CONTACT = "contact"
    SOURCES = "sources"
    POINTS = "points"
    PROGRAMME = "programme"


@dataclass(frozen=True)
class Fate:
    """What became of the paragraph with this number, where it went or why it was left out."""

    paragraph: Paragraph
    outcome: Outcome
    destination: Destination = Destination.NOWHERE
    reason: Reason = Reason.NONE


@dataclass(frozen=True)
class FoundSource:
    """A work or a page that the document points to."""

    title: str
    address: str


@dataclass
class Draft:
    """The parts of a page that is not made yet.

    `blocks`: (kind, value) as in kb's body: heading, paragraph, points, quote, and "source" for a
    footnote. A paragraph's value is (text, links), a footnote's the source. `date`: of an event;
    `date_words` what the document says of it.
    """

    target: Target
    title: str = ""
    lead: str = ""
    blocks: list[tuple[str, Any]] = field(default_factory=list)
    dilemmas: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    programme: list[str] = field(default_factory=list)
    authors: list[Contact] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    speaker: Contact | None = None
    sources: list[FoundSource] = field(default_factory=list)
    date: str = ""
    date_words: str = ""
    fates: list[Fate] = field(default_factory=list)

    def texts(self) -> list[str]:
        """Body and points as lines, for a page that holds plain text."""
        lines: list[str] = []
        for kind, value in self.blocks:
            if kind == "points":
                lines += [f"– {point}" for point in value]
            elif kind == "paragraph":
                lines.append(value[0])
            elif kind != "source":
                lines.append(value["text"] if kind == "quote" else value)
        return lines


_FIELDS = {
    Role.TITLE: Destination.TITLE,
    Role.LEAD: Destination.LEAD,
    Role.AUTHOR: Destination.AUTHORS,
    Role.CONTACT: Destination.CONTACT,
    Role.SOURCE: Destination.SOURCES,
    Role.DILEMMA: Destination.DILEMMAS,
}
_HOUR = re.compile(r"^(?:kl\.?\s*)?\d{1,2}[.:]\d{2}\b")


def draft_of(paragraphs: list[Paragraph], target: Target, *, name: str = "") -> Draft:
    """The draft of a document called `name`, whose title it takes when it has none of its own."""
    draft = Draft(target)
    found = recognise(paragraphs)
    for item in found:
        draft.fates.append(_place(draft, item))
    texts = [item.text for item in found if item.role is not Role.LEFT_OUT]
    draft.lead = draft.lead or _first_sentence(draft)
    draft.title = (draft.title or _readable(PurePosixPath(name).stem))[:MOST_TITLE]
    draft.speaker = next(filter(None, map(person_named, texts)), None)
    draft.date, draft.date_words = next(filter(any, map(date_in, texts)), ("", ""))
    return draft


def _first_sentence(draft: Draft) -> str:
    """What stands for a lead where the document has none; the paragraph keeps it too."""
    texts = [value[0] for kind, value in draft.blocks if kind == "paragraph"]
    match = re.match(r".+?[.!?](?=\s|$)", texts[0]) if texts else None
    return match.group() if match else "".join(texts[:1])


def _place(draft: Draft, item: Recognised) -> Fate:
    """Put a paragraph where it belongs; the fate says where that was."""
    paragraph = item.paragraph
    if item.role is Role.LEFT_OUT:
        return Fate(paragraph, Outcome.LEFT_OUT, reason=item.reason)
    moved = _moved(draft, item)
    if moved is not None:
        return Fate(paragraph, Outcome.MOVED, moved)
    _use(draft, item)
    _cite(draft, paragraph.links)
    return Fate(paragraph, Outcome.USED, Destination.BODY)


def _moved(draft: Draft, item: Recognised) -> Destination | None:
    """The field of its own that a paragraph goes to, or None where it belongs to the body."""
    if item.role is Role.DILEMMA and draft.target is not Target.THEME:
        return None
    destination = _FIELDS.get(item.role)
    if destination is None:
        return _moved_point(draft, item)
    match item.role:
        case Role.TITLE:
            draft.title = item.text
        case Role.LEAD:
            draft.lead = item.text
            _cite(draft, item.paragraph.links)
        case Role.AUTHOR:
            draft.authors.append(Contact(author_in(item.text)))
        case Role.CONTACT if item.contact is not None and item.contact not in draft.contacts:
            draft.contacts.append(item.contact)
        case Role.SOURCE:
            _add_source(draft, item.paragraph)
        case Role.DILEMMA:
            draft.dilemmas.append(item.text)
    return destination


def _moved_point(draft: Draft, item: Recognised) -> Destination | None:
    """An event has a programme, whose points begin with an hour, and what came of the day."""
    if draft.target is not Target.EVENT or item.role not in (Role.POINT, Role.TEXT):
        return None
    if _HOUR.match(item.text):
        draft.programme.append(item.text)
        return Destination.PROGRAMME
    if item.role is Role.POINT:
        draft.points.append(item.text)
        return Destination.POINTS
    return None


def _use(draft: Draft, item: Recognised) -> None:
    last: tuple[str, Any] = draft.blocks[-1] if draft.blocks else ("", None)
    match item.role:
        case Role.HEADING:
            draft.blocks.append(("heading", item.text))
        case Role.POINT | Role.DILEMMA if last[0] == "points":
            last[1].append(item.text)
        case Role.POINT | Role.DILEMMA:
            draft.blocks.append(("points", [item.text]))
        case Role.QUOTE:
            _quote(draft, item.text)
        case _:
            draft.blocks.append(("paragraph", (item.text, item.paragraph.links)))


_MARKS = '“”"»«„ '


def _quote(draft: Draft, text: str) -> None:
    """A quotation of several paragraphs is one block; a new opening mark begins a new one."""
    last: tuple[str, Any] = draft.blocks[-1] if draft.blocks else ("", None)
    words = _unmarked(text)
    if last[0] == "quote" and text[0] not in _MARKS:
        last[1]["text"] += f"\n\n{words}"
    else:
        draft.blocks.append(("quote", {"text": words, "attribution": ""}))


def _unmarked(text: str) -> str:
    """Without the marks around it; the page sets its own. Those inside stay."""
    begin = text.lstrip('“”"»„ ')
    bare = begin.rstrip('”“"« ')
    for closing in ("”.", '".', "«."):
        bare = bare[: -len(closing)] + "." if bare.endswith(closing) else bare
    return bare


def _cite(draft: Draft, links: tuple[Link, ...]) -> None:
    """A footnote after the text for each link that leads to a page."""
    for link in links:
        if link.address.startswith("http"):
            _keep(draft, _named(link), link.address)


def _add_source(draft: Draft, paragraph: Paragraph) -> None:
    """An entry of a list of sources, with an address or without."""
    link = next((link for link in paragraph.links if link.address.startswith("http")), None)
    if link is None:
        _keep(draft, paragraph.text, "")
    elif paragraph.text.strip() == link.words:
        _keep(draft, _named(link), link.address)
    else:
        around = " ".join(paragraph.text.replace(link.address, "").split()).strip(" :,–-")
        _keep(draft, around or _named(link), link.address)


def _keep(draft: Draft, title: str, address: str) -> None:
    found = FoundSource(title[:MOST_SOURCE], address)
    known = {source.address or source.title for source in draft.sources}
    if (address or title) not in known:
        draft.sources.append(found)
        draft.blocks.append(("source", found))


def _named(link: Link) -> str:
    """The words of a link; where they are the address itself, what its last part says."""
    if link.words != link.address:
        return link.words
    parts = urlsplit(link.address)
    return _readable(PurePosixPath(unquote(parts.path)).stem) or parts.hostname or link.address


def _readable(stem: str) -> str:
    words = re.sub(r"[_+\s]+|(?<=\w)-(?=\w)", " ", stem).strip(" -")
    return words[:1].upper() + words[1:]
