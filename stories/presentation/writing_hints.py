"""Hints beside a text field: alternatives from the language cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.models import Phrase as PhraseCard

from .readability import HardPhrase, phrases_in

if TYPE_CHECKING:
    from django.http import QueryDict

LONGEST_LIVE = 4000


def live_check(address: str, name: str) -> dict[str, str]:
    """Attributes that make a field check its text at `address` (components/checked_field.html)."""
    return {
        "hx-post": address,
        "hx-trigger": "input changed delay:900ms, blur changed",
        "hx-params": name,
        "hx-target": f"#check-{name}",
        "hx-sync": "this:replace",
    }


def typed(post: QueryDict, name: str) -> str:
    """The text of the field, up to the length that is checked while typing."""
    return post.get(name, "")[:LONGEST_LIVE].replace("\r\n", "\n")


def hints_in(text: str) -> list[HardPhrase]:
    """The language cards whose phrases are in the text; one query."""
    cards = PhraseCard.objects.values_list("phrase", "alternative")
    return phrases_in(text, (HardPhrase(*card) for card in cards))
