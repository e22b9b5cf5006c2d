"""What the rules are given to look at, and what they answer. Pure data: no models, no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from search.analysis.phrases import Hint
    from sources.numbers import Piece


@dataclass(frozen=True)
class Text:
    """Words in one place. names_professionals: the place is for people who are here by their work.

    prose: running text, which a reader reads on; a title or a word in a list is not.
    """

    place: str
    words: str
    prose: bool = True
    names_professionals: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading of the body; the title of the whole is the only one of level 1."""

    place: str
    level: int
    words: str


@dataclass(frozen=True)
class Link:
    """What a reader sees of a link."""

    place: str
    words: str


@dataclass(frozen=True)
class Picture:
    """A picture, and what is read aloud to those who cannot see it."""

    place: str
    words: str


@dataclass(frozen=True)
class Content:
    """A page or an entry of a list, in reading order."""

    texts: tuple[Text, ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    pieces: tuple[Piece, ...] = ()
    """The texts again, with what stands behind their numbers (sources.number_check)."""


@dataclass(frozen=True)
class Known:
    """What the house knows: its phrase cards, and the names of people who may be named."""

    phrases: tuple[Hint, ...] = ()
    names: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Finding:
    """Something to look at: where it stands, the words, and what to do."""

    place: str
    words: str
    advice: str


@dataclass(frozen=True)
class Rule:
    """One rule. asks: publishing asks about what it finds; the others only advise."""

    code: str
    label: str | Promise
    find: Callable[[Content, Known], Iterator[Finding]]
    asks: bool
