"""Which theme cards a session gets (domain B4 "Rule → theme" and "Card rule").

Which themes exist is data; each rule names the themes it points at (`RenewalRule.themes`). A rule
that points at none, such as R1, draws no card.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from renewal.hits import Hit
    from renewal.registry import Rule
    from renewal.rule import Theme

CardId = int | str

FALLBACK_THEME: Final[Theme] = 4


@dataclass(frozen=True)
class Card:
    """A drawn question card: its theme, its id, and the rule that drew it (None: the fallback)."""

    theme: Theme
    card: CardId
    rule: Rule | None = None


@dataclass(frozen=True)
class Hand:
    """The cards on the table; `swapped` when the one allowed swap has been used."""

    cards: tuple[Card, ...]
    swapped: bool = False


class SwapError(ValueError):
    """The swap is used up, or the theme has no other card."""


def themes_of(hit: Hit) -> tuple[Theme, ...]:
    """The themes a hit points at, first choice first; may depend on who believes more."""
    other = hit.rule.themes_if_caseworker_higher
    if other and int(hit.params["caseworker"]) > int(hit.params["citizen"]):
        return other
    return hit.rule.themes


def themes_for(hits: Iterable[Hit], fallback: Theme = FALLBACK_THEME) -> tuple[Theme, Theme]:
    """The two themes of a session, by the card rule.

    The two hits with most points that point at a theme (ties: the lower rule number) give their
    first theme each; when both give the same one, or there is only one, the second is `fallback`.
    Without any, both are `fallback`.
    """
    first, second = _top_two(hits)
    one = themes_of(first)[0] if first else fallback
    two = themes_of(second)[0] if second else fallback
    return (one, fallback if one == two else two)


def draw_cards(
    hits: Iterable[Hit],
    cards_by_theme: Mapping[Theme, Sequence[CardId]],
    recently_used: Collection[CardId],
    seed: str,
    *,
    count: int = 2,
    fallback: Theme = FALLBACK_THEME,
) -> Hand:
    """Draw `count` cards (2; 1 in the ten-minute form), always the same for the same `seed`.

    `recently_used` are the cards of this case's last two sessions. They are avoided: first another
    of the theme's cards, then the rule's other themes, then `fallback`; only when all of those are
    used up does a used one come back. Fewer than `count` cards when the themes hold no more.
    """
    listed = list(hits)
    drawn: list[Card] = []
    for theme, hit in zip(themes_for(listed, fallback), _top_two(listed), strict=True):
        themes = (theme, *(themes_of(hit) if hit else ()), fallback)
        card = _draw(themes, cards_by_theme, recently_used, _ids(drawn), seed)
        if card is not None and len(drawn) < count:
            mapped = hit is not None and card.theme in themes_of(hit)
            drawn.append(replace(card, rule=hit.code if hit and mapped else None))
    return Hand(tuple(drawn))


def swap_card(
    hand: Hand,
    position: int,
    cards_by_theme: Mapping[Theme, Sequence[CardId]],
    recently_used: Collection[CardId],
    seed: str,
) -> Hand:
    """Replace one card by another of its theme; once per session.

    A recently used card comes only when the theme has no other left. Raises SwapError when the swap
    is used up or there is nothing to swap to, IndexError when there is no card at `position`.
    """
    if hand.swapped:
        raise SwapError("One card may be swapped, and it has been.")
    old = hand.cards[position]
    new = _draw((old.theme,), cards_by_theme, recently_used, _ids(hand.cards), seed)
    if new is None:
        raise SwapError("The theme has no other card.")
    cards = list(hand.cards)
    cards[position] = replace(new, rule=old.rule)
    return Hand(tuple(cards), swapped=True)


def _top_two(hits: Iterable[Hit]) -> tuple[Hit | None, Hit | None]:
    mapped = [hit for hit in hits if themes_of(hit)]
    mapped.sort(key=lambda hit: (-hit.points, hit.code.number))
    first, second, *_ = [*mapped, None, None]
    return first, second


def _draw(
    themes: Iterable[Theme],
    cards_by_theme: Mapping[Theme, Sequence[CardId]],
    recently_used: Collection[CardId],
    on_table: Collection[CardId],
    seed: str,
) -> Card | None:
    """The first theme's freshest card; a recently used one only when no theme has a fresh one."""
    wanted = list(themes)
    for avoid in (frozenset(recently_used) | frozenset(on_table), frozenset(on_table)):
        for theme in wanted:
            free = [card for card in cards_by_theme.get(theme, ()) if card not in avoid]
            if free:
                return Card(theme, min(free, key=lambda card: _lot(seed, theme, card)))
    return None


def _lot(seed: str, theme: Theme, card: CardId) -> str:
    return sha256(f"{seed}\x1f{theme}\x1f{card}".encode()).hexdigest()


def _ids(cards: Iterable[Card]) -> frozenset[CardId]:
    return frozenset(card.card for card in cards)
