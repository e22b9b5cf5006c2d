"""The phrase cards beside a text field: a quiet hint while one writes. Never a filter.

A field asks about its own text, and the answer appears below it (components/checked_field.html; for
words about a citizen `sparring/texts`). Nothing of the text is kept or logged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.models import Phrase
from search.analysis.phrases import Hint, phrases_in

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


def hints_in(text: str) -> list[Hint]:
    """The phrase cards whose phrases are in the text; one query, none for an empty text."""
    if not text.strip():
        return []
    cards = Phrase.objects.shown().values_list("phrase", "alternative")
    return phrases_in(text, (Hint(*card) for card in cards))
