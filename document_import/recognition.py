"""What each paragraph is for: told by its own shape and by what stands around it. No Django.

Nothing is thrown away in silence: a paragraph has a role, and `Role.LEFT_OUT` comes with a reason.
The rules were written after the shapes of web pages and reports that job centres have: an article
with an author, an interview, a theme with dilemmas, a guidance, a page about an event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from .contacts import Contact, contact_in, is_contact_line
from .paragraphs import Paragraph, Style


class Role(StrEnum):
    """What a paragraph is for."""

    TITLE = "title"
    LEAD = "lead"
    HEADING = "heading"
    TEXT = "text"
    POINT = "point"
    QUOTE = "quote"
    DILEMMA = "dilemma"
    AUTHOR = "author"
    CONTACT = "contact"
    SOURCE = "source"
    LEFT_OUT = "left_out"


class Reason(StrEnum):
    """Why a paragraph has no place in the draft."""

    NONE = ""
    NAVIGATION = "navigation"
    REPEATED = "repeated"
    OTHER_PAGES = "other_pages"
    EMPTY_LIST = "empty_list"
    LABEL = "label"
    PAGE_NUMBER = "page_number"


@dataclass(frozen=True)
class Recognised:
    """A paragraph with its role; `reason` only with Role.LEFT_OUT."""

    paragraph: Paragraph
    role: Role
    reason: Reason = Reason.NONE
    contact: Contact | None = None

    @property
    def text(self) -> str:
        return self.paragraph.text


_NAVIGATION = re.compile(
    r"^(skip to (main )?content|gå til (hoved)?indhold(et)?|more posts by .+|flere indlæg af .+|"
    r"læs (også|mere)|læs mere på vores hjemmeside(\s*her)?|del (siden|på .+)|print( siden)?|"
    r"tilbage( til .+)?|til toppen|menu|søg|forside|cookies?|accepter( alle)?|udskriv|"
    r"link til .+|læs mere om .+ her)\.?$",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"^(?:author|af|skrevet af|forfatter(?:e)?|tekst|by)\s*:?\s+"
    r"(?P<name>[A-ZÆØÅ][\w'’.-]+(?:\s+[A-ZÆØÅ][\w'’.-]+){1,4})$",
    re.IGNORECASE,
)
_SOURCES = re.compile(
    r"^(kilder?|litteratur(liste)?|referencer?|noter|yderligere læsning|læs (mere|videre))"
    r"(\s*(/|og)\s*(kilder?|yderligere læsning|litteratur|noter))*\s*:?$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"^(andre|øvrige|relaterede|flere|se også)\s+(\w*temaer|\w*artikler|\w*publikationer|"
    r"\w*nyheder|\w*indlæg|\w*arrangementer)\s*:?$",
    re.IGNORECASE,
)
_LIST_LABEL = re.compile(r"^(publikationer|arrangementer|nyheder)( i dette tema)?\s*:?$", re.I)
_EMPTY_LIST = re.compile(r"^der er (endnu )?ingen \w+( i dette tema)?\.?$", re.IGNORECASE)
_DILEMMAS = re.compile(r"\b(dilemma(er)?|spørgsmål)\b.*:$", re.IGNORECASE)
_CONTACT_LABEL = re.compile(r"^(kontakt|vil du vide mere\??|kontaktperson(er)?)\s*:?$", re.I)
_OPENING, _CLOSING = '“”"»„', '”“"«'
_ENDS = (".", ",", ";", ":", "!", "…", "”", "»", '"')
_LONGEST_HEADING = 110
_LONGEST_LINE = 140


def recognise(paragraphs: list[Paragraph]) -> list[Recognised]:
    """One answer for each paragraph, in the same order."""
    found = [_by_shape(paragraphs, index) for index in range(len(paragraphs))]
    found = _sections(found)
    found = _contacts(found)
    found = _authors(found)
    found = _quotations(found)
    found = _dilemmas(found)
    return _title_and_lead(found)


_BY_STYLE = {Style.HEADING: Role.HEADING, Style.ITEM: Role.POINT, Style.QUOTE: Role.QUOTE}


def _by_shape(paragraphs: list[Paragraph], index: int) -> Recognised:
    paragraph = paragraphs[index]
    text = paragraph.text
    if text.isdigit() and len(text) <= 4:
        return _left_out(paragraph, Reason.PAGE_NUMBER)
    if _NAVIGATION.match(text) and not paragraph.links:
        return _left_out(paragraph, Reason.NAVIGATION)
    if paragraph.style is not Style.TEXT:
        return Recognised(paragraph, _BY_STYLE[paragraph.style])
    is_heading = _looks_like_heading(paragraph, paragraphs[index + 1 : index + 2])
    return Recognised(paragraph, Role.HEADING if is_heading else Role.TEXT)


def _looks_like_heading(paragraph: Paragraph, after: list[Paragraph]) -> bool:
    """Short, without a full stop, and with something longer below it."""
    text = paragraph.text
    if len(text) > _LONGEST_HEADING or (text.endswith(_ENDS) and not _is_label(text)):
        return False
    if paragraph.links or is_contact_line(text) or text[0] in _OPENING or not text[0].isupper():
        return False
    return paragraph.starts_group and bool(after)


def _is_label(text: str) -> bool:
    return any(label.match(text) for label in (_SOURCES, _OTHERS, _LIST_LABEL, _CONTACT_LABEL))


def _left_out(paragraph: Paragraph, reason: Reason) -> Recognised:
    return Recognised(paragraph, Role.LEFT_OUT, reason)


def _sections(found: list[Recognised]) -> list[Recognised]:
    """What stands below a heading that names it: sources, other pages, empty lists."""
    section = ""
    answers = []
    for item in found:
        label = _section_of(item)
        answer = item
        if label is not None:
            section = label
            answer = _left_out(item.paragraph, Reason.LABEL) if label else item
        elif item.role is not Role.LEFT_OUT:
            answer, section = _in_section(item, section)
        answers.append(answer)
    return answers


def _section_of(item: Recognised) -> str | None:
    """The name of a section that begins here, "" for one of the text's own, None for none."""
    if _SOURCES.match(item.text):
        return "sources"
    if _OTHERS.match(item.text):
        return "others"
    if _LIST_LABEL.match(item.text):
        return "list"
    if item.role is Role.HEADING and (item.paragraph.style is Style.HEADING):
        return ""
    return None


def _in_section(item: Recognised, section: str) -> tuple[Recognised, str]:
    """The item as its section makes it, and the section that the next one stands in."""
    if _EMPTY_LIST.match(item.text):
        return _left_out(item.paragraph, Reason.EMPTY_LIST), ""
    if section == "sources" and (item.paragraph.links or item.role is Role.POINT):
        return replace(item, role=Role.SOURCE), section
    if section == "others" and _names_a_page(item):
        return _left_out(item.paragraph, Reason.OTHER_PAGES), section
    return item, section if section == "list" else ""


def _names_a_page(item: Recognised) -> bool:
    """A short line that stands with others, or leads somewhere, or looks like a title."""
    if len(item.text) >= _LONGEST_LINE:
        return False
    stands_in_list = not item.paragraph.starts_group or bool(item.paragraph.links)
    looks_like_title = item.role is not Role.TEXT and not item.text.endswith("?")
    return stands_in_list or looks_like_title


def _contacts(found: list[Recognised]) -> list[Recognised]:
    """Lines that stand together and hold a mail or a telephone are one person's box."""
    answers = list(found)
    index = 0
    while index < len(answers):
        end = index + 1
        while end < len(answers) and not answers[end].paragraph.starts_group:
            end += 1
        group = answers[index:end]
        usable = all(item.role is not Role.LEFT_OUT and len(item.text) < 160 for item in group)
        before = " ".join(item.text for item in answers[max(0, index - 3) : index])
        contact = contact_in([item.text for item in group], before) if usable else None
        if contact is not None:
            for at in range(index, end):
                answers[at] = replace(answers[at], role=Role.CONTACT, contact=contact)
        index = end
    return answers


def _authors(found: list[Recognised]) -> list[Recognised]:
    """A line that says who wrote it; the same name alone, beside it, says it once more."""
    names = {
        match["name"]
        for item in found
        if item.role is not Role.CONTACT and (match := _AUTHOR.match(item.text))
    }
    return [_as_author(item, names) for item in found]


def _as_author(item: Recognised, names: set[str]) -> Recognised:
    if item.role is not Role.LEFT_OUT and item.text in names:
        return _left_out(item.paragraph, Reason.REPEATED)
    if item.role not in (Role.LEFT_OUT, Role.CONTACT) and _AUTHOR.match(item.text):
        return replace(item, role=Role.AUTHOR)
    return item


def author_in(text: str) -> str:
    """The name in a line with Role.AUTHOR."""
    match = _AUTHOR.match(text)
    return match["name"] if match else text


def _quotations(found: list[Recognised]) -> list[Recognised]:
    """From an opening mark to the paragraph that closes it; never further than a heading."""
    answers = []
    is_open = False
    for item in found:
        is_quoted = item.role is Role.TEXT and (is_open or _begins_quotation(item.text))
        if is_quoted:
            is_open = not _is_closed(item.text)
        elif item.role not in (Role.POINT, Role.LEFT_OUT):
            is_open = False
        answers.append(replace(item, role=Role.QUOTE) if is_quoted else item)
    return _closed_only(answers)


def _begins_quotation(text: str) -> bool:
    return text[0] in _OPENING and (_is_closed(text) or _is_unclosed(text))


def _is_closed(text: str) -> bool:
    return text.rstrip(".")[-1:] in tuple(_CLOSING)


def _is_unclosed(text: str) -> bool:
    return sum(text.count(mark) for mark in set(_OPENING + _CLOSING)) % 2 == 1


def _closed_only(found: list[Recognised]) -> list[Recognised]:
    """A quotation that is never closed is its first paragraph and no more."""
    answers = list(found)
    for run in _runs(found):
        if not _is_closed(answers[run[-1]].text):
            for at in run[1:]:
                answers[at] = replace(answers[at], role=Role.TEXT)
    return answers


def _runs(found: list[Recognised]) -> list[list[int]]:
    """Where the paragraphs of each quotation stand; those that the file itself marks are whole."""
    runs: list[list[int]] = []
    goes_on = False
    for at, item in enumerate(found):
        is_marked = item.paragraph.style is Style.QUOTE
        if item.role is Role.QUOTE and not is_marked:
            if goes_on and item.text[0] not in _OPENING:
                runs[-1].append(at)
            else:
                runs.append([at])
            goes_on = True
        elif item.role not in (Role.POINT, Role.LEFT_OUT):
            goes_on = False
    return runs


def _dilemmas(found: list[Recognised]) -> list[Recognised]:
    """Questions listed below a line that calls them dilemmas."""
    answers = []
    is_listing = False
    for item in found:
        is_dilemma = is_listing and item.role is Role.POINT and item.text.endswith("?")
        if item.role not in (Role.POINT, Role.LEFT_OUT):
            is_listing = bool(_DILEMMAS.search(item.text))
        answers.append(replace(item, role=Role.DILEMMA) if is_dilemma else item)
    return answers


def _title_and_lead(found: list[Recognised]) -> list[Recognised]:
    """The first heading is the title, the first text after it the lead.

    Where the text begins at once, there is no title, and its first paragraph is the lead. A first
    line with a bullet stands alone above the rest, so it is a title too.
    """
    answers = list(found)
    kept = [at for at, item in enumerate(answers) if item.role is not Role.LEFT_OUT]
    if not kept:
        return answers
    first = kept[0]
    alone = len(kept) > 1 and answers[kept[1]].paragraph.starts_group
    if answers[first].role is Role.HEADING or (
        answers[first].role is Role.POINT and alone and answers[kept[1]].role is not Role.POINT
    ):
        answers[first] = replace(answers[first], role=Role.TITLE)
        kept = kept[1:]
    lead = next((at for at in kept if answers[at].role is not Role.AUTHOR), None)
    if lead is not None and _can_lead(answers[lead]):
        answers[lead] = replace(answers[lead], role=Role.LEAD)
    return answers


def _can_lead(item: Recognised) -> bool:
    """Running text, or one short question below the title, which only looks like a heading."""
    asks = item.paragraph.style is Style.TEXT and item.text.endswith("?")
    return item.role is Role.TEXT or (item.role is Role.HEADING and asks)
