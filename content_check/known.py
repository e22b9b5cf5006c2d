"""What the house knows and the rules are told; the rooms above fill it in when they start."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from content_check.content import Known

if TYPE_CHECKING:
    from django.db.models import Model

    from search.analysis.phrases import Hint

_phrases: list[Callable[[], Iterable[Hint]]] = []
_names: list[Callable[[], Iterable[str]]] = []
_professionals: set[tuple[str, str]] = set()


def register_phrases(cards: Callable[[], Iterable[Hint]]) -> None:
    """Say where the phrase cards are."""
    _phrases.append(cards)


def register_names(names: Callable[[], Iterable[str]]) -> None:
    """Say who may be named, because of their work."""
    _names.append(names)


def register_professionals(model: type[Model], *fields: str) -> None:
    """Say which fields are there to name somebody because of their work."""
    _professionals.update((model._meta.label, field) for field in fields)


def is_for_professionals(model: type[Model], field: str) -> bool:
    """Whether the field is there to name somebody because of their work."""
    return (model._meta.label, field) in _professionals


def known() -> Known:
    """Everything, asked anew: a card or a person may have been added a moment ago."""
    return Known(
        phrases=tuple(hint for cards in _phrases for hint in cards()),
        names=frozenset(name for names in _names for name in names()),
    )
