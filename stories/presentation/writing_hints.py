"""Friendly words beside a text while it is written: the language cards' alternatives."""

from __future__ import annotations

from django.http import QueryDict

from kb.models import Phrase as PhraseCard

from .readability import HardPhrase, phrases_in

LONGEST_LIVE = 4000


def live_check(address: str, name: str) -> dict[str, str]:
    """What lets a field ask `address` about its text (components/checked_field.html draws it)."""
    return {
        "hx-post": address,
        "hx-trigger": "input changed delay:900ms, blur changed",
        "hx-params": name,
        "hx-target": f"#check-{name}",
        "hx-sync": "this:replace",
    }


def typed(post: QueryDict, name: str) -> str:
    """The text of the field that asks, as far as it is read while somebody writes."""
    return post.get(name, "")[:LONGEST_LIVE].replace("\r\n", "\n")


def hints_in(text: str) -> list[HardPhrase]:
    """The language cards whose words stand in the text; one query."""
    cards = PhraseCard.objects.values_list("phrase", "alternative")
    return phrases_in(text, (HardPhrase(*card) for card in cards))
