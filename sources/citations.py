"""References to take away: BibTeX by pybtex, RIS by rispy, and CSL-JSON, which is plain JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rispy
from pybtex.database import BibliographyData, Entry, Person

from sources.enums import SourceKind

if TYPE_CHECKING:
    from sources.models import Source, SourceAuthor


@dataclass(frozen=True)
class Form:
    """A file that a reference manager reads."""

    name: str
    ending: str
    media_type: str


FORMS: Mapping[str, Form] = {
    "bibtex": Form("BibTeX", "bib", "application/x-bibtex"),
    "ris": Form("RIS", "ris", "application/x-research-info-systems"),
    "csl": Form("CSL-JSON", "json", "application/vnd.citationstyles.csl+json"),
}
# Kind of source -> its name in BibTeX, RIS and CSL.
KINDS: Mapping[str, tuple[str, str, str]] = {
    SourceKind.REPORT: ("techreport", "RPRT", "report"),
    SourceKind.ARTICLE: ("article", "JOUR", "article-journal"),
    SourceKind.NEWS: ("article", "NEWS", "article-newspaper"),
    SourceKind.BOOK: ("book", "BOOK", "book"),
    SourceKind.CHAPTER: ("incollection", "CHAP", "chapter"),
    SourceKind.THESIS: ("phdthesis", "THES", "thesis"),
    SourceKind.WEB_PAGE: ("misc", "ELEC", "webpage"),
    SourceKind.STATISTICS: ("misc", "DATA", "dataset"),
    SourceKind.LAW: ("misc", "STAT", "legislation"),
    SourceKind.PLAN: ("techreport", "RPRT", "report"),
    SourceKind.TALK: ("misc", "SLIDE", "speech"),
    SourceKind.PODCAST: ("misc", "SOUND", "song"),
    SourceKind.VIDEO: ("misc", "VIDEO", "motion_picture"),
    SourceKind.OTHER: ("misc", "GEN", "document"),
}
# What LaTeX would read as a command; the rest is written as LaTeX by pybtex itself.
COMMANDS = str.maketrans({"\\": r"\textbackslash ", "{": r"\{", "}": r"\}", "$": r"\$"})


def write(sources: Iterable[Source], form: str) -> str:
    """The references in one of `FORMS`; each source under its own key, which is its address."""
    return _WRITERS[form](list(sources))


def _bibtex(sources: list[Source]) -> str:
    return BibliographyData({source.slug: _bibtex_entry(source) for source in sources}).to_string(
        "bibtex"
    )


def _bibtex_entry(source: Source) -> Entry:
    kind = KINDS[source.kind][0]
    inside = {"article": "journal", "incollection": "booktitle"}.get(kind, "series")
    by = {"techreport": "institution", "phdthesis": "school"}.get(kind, "publisher")
    words = {
        "title": source.title,
        "year": str(source.year or ""),
        by: source.publisher,
        inside: source.published_in,
        "pages": source.pages.replace("–", "--"),
        "note": _retracted(source),
    }
    plain = {
        "doi": source.doi,
        "url": source.url,
        "urldate": source.accessed_on.isoformat() if source.accessed_on else "",
    }
    fields = {name: value.translate(COMMANDS) for name, value in words.items() if value}
    people = [_bibtex_person(author) for author in source.authors.all()]
    return Entry(
        kind,
        fields=[*fields.items(), *((name, value) for name, value in plain.items() if value)],
        persons={"author": people} if people else {},
    )


def _bibtex_person(author: SourceAuthor) -> Person:
    """An organisation stands in braces, so that no reader takes its last word for a last name."""
    last, first = author.short.translate(COMMANDS), author.given.translate(COMMANDS)
    if author.organisation or (not first and " " in last):
        return Person(f"{{{last}}}")
    return Person(f"{last}, {first}" if first else last)


class PlainRisWriter(rispy.RisWriter):
    """Without the number that rispy puts before each entry and that pandoc cannot read."""

    def set_header(self, count: int) -> str:
        return ""


def _ris(sources: list[Source]) -> str:
    entries = [_ris_entry(source) for source in sources]
    return str(rispy.dumps(entries, implementation=PlainRisWriter))


def _ris_entry(source: Source) -> dict[str, Any]:
    entry = {
        "type_of_reference": KINDS[source.kind][1],
        "id": source.slug,
        "title": source.title,
        "authors": [_ris_name(author) for author in source.authors.all()],
        "year": str(source.year or ""),
        "publisher": source.publisher,
        "secondary_title": source.published_in,
        "start_page": source.pages,
        "doi": source.doi,
        "urls": [source.url] if source.url else [],
        "access_date": f"{source.accessed_on:%Y/%m/%d}" if source.accessed_on else "",
        "notes": [_retracted(source)] if source.is_retracted else [],
    }
    return {name: value for name, value in entry.items() if value}


def _ris_name(author: SourceAuthor) -> str:
    return author.organisation or f"{author.family}, {author.given}".rstrip(", ")


def _csl(sources: list[Source]) -> str:
    return json.dumps([_csl_entry(source) for source in sources], ensure_ascii=False, indent=1)


def _csl_entry(source: Source) -> dict[str, Any]:
    entry = {
        "id": source.slug,
        "type": KINDS[source.kind][2],
        "title": source.title,
        "author": [_csl_name(author) for author in source.authors.all()],
        "issued": {"date-parts": [[source.year]]} if source.year else {},
        "publisher": source.publisher,
        "container-title": source.published_in,
        "page": source.pages,
        "DOI": source.doi,
        "URL": source.url,
        "accessed": _csl_day(source),
        "note": _retracted(source),
    }
    return {name: value for name, value in entry.items() if value}


def _csl_name(author: SourceAuthor) -> dict[str, str]:
    if author.organisation:
        return {"literal": author.organisation}
    return {"family": author.family, **({"given": author.given} if author.given else {})}


def _csl_day(source: Source) -> dict[str, Any]:
    day = source.accessed_on
    return {"date-parts": [[day.year, day.month, day.day]]} if day else {}


def _retracted(source: Source) -> str:
    """In English, as reference managers and their readers abroad look for it."""
    if source.retracted_on is None:
        return ""
    because = " ".join(source.retracted_because.split())
    return f"Retracted {source.retracted_on.isoformat()}: {because}"


_WRITERS: Mapping[str, Callable[[list[Source]], str]] = {
    "bibtex": _bibtex,
    "ris": _ris,
    "csl": _csl,
}
