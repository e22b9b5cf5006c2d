"""The dilemmas of a theme with what is answered, as far as it may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count

from articles.models import DilemmaAnswer
from privacy.suppression import THRESHOLD, telling

if TYPE_CHECKING:
    from kb.models import ThemePage


@dataclass(frozen=True)
class Position:
    """A position that people take; `count` is None where it may not be shown."""

    key: UUID
    text: str
    count: int | None


@dataclass(frozen=True)
class Dilemma:
    """A dilemma as its page shows it.

    total: how many answered, None below five. reasons: None below five, so that none is somebody's.
    """

    key: UUID
    question: str
    positions: tuple[Position, ...]
    total: int | None
    reasons: tuple[str, ...] | None

    @property
    def has_counts(self) -> bool:
        return any(position.count is not None for position in self.positions)


def dilemmas_of(theme: ThemePage) -> list[Dilemma]:
    """Every dilemma of the theme, in the editor's order."""
    found = []
    answers = DilemmaAnswer.objects.filter(theme=theme)
    rows = answers.values_list("dilemma", "position").annotate(Count("pk")).order_by()
    counts = {(dilemma, position): count for dilemma, position, count in rows}
    reasons: dict[UUID, list[str]] = {}
    written = answers.exclude(reason="").order_by("reason")
    for dilemma, reason in written.values_list("dilemma", "reason"):
        reasons.setdefault(dilemma, []).append(reason)
    for block in theme.dilemmas:
        key = UUID(str(block.id))
        texts = [
            (UUID(str(child.id)), str(child.value))
            for child in block.value["positions"].bound_blocks
        ]
        found.append(_dilemma(key, block.value["question"], texts, counts, reasons.get(key, [])))
    return found


def _dilemma(
    key: UUID,
    question: str,
    texts: list[tuple[UUID, str]],
    counts: dict[tuple[UUID, UUID], int],
    reasons: list[str],
) -> Dilemma:
    numbers = [counts.get((key, position), 0) for position, _text in texts]
    total = sum(numbers)
    hidden = total < THRESHOLD or any(telling(number, total) for number in numbers)
    positions = tuple(
        Position(position, text, None if hidden else number)
        for (position, text), number in zip(texts, numbers, strict=True)
    )
    return Dilemma(
        key=key,
        question=question,
        positions=positions,
        total=total if total >= THRESHOLD else None,
        reasons=tuple(reasons) if len(reasons) >= THRESHOLD else None,
    )


def dilemma_of(theme: ThemePage, key: UUID) -> Dilemma | None:
    """One dilemma of the theme; None for a key that it does not have (any more)."""
    return next((dilemma for dilemma in dilemmas_of(theme) if dilemma.key == key), None)
