"""Names and numbers that show who somebody is: no citizen may be recognised."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content_check.content import Content, Finding, Known, Rule
from privacy.anonymity import check

# What points to one person. Dates, places and addresses are in every text about an event.
POINTING = frozenset(
    {"cpr", "name", "phone", "birthdate", "account", "plate", "case_number", "diagnosis"}
)


def find(content: Content, known: Known) -> Iterator[Finding]:
    """Each mention once for each place; people whom the house knows by their work may be named."""
    for text in content.texts:
        seen = set()
        for mention in check(text.words, allowed=known.names).findings:
            excused = text.names_professionals and mention.type != "cpr"
            if mention.type in POINTING and not excused and mention.text not in seen:
                seen.add(mention.text)
                yield Finding(text.place, mention.text, _advice(mention.type, mention.suggestion))


def _advice(kind: str, suggestion: object) -> str:
    if kind == "name":
        return _(
            "Is it a citizen? Then write for example “a woman in her 40s”. Somebody who is here "
            "because of their work goes into the list of persons."
        )
    return str(suggestion)


RULE = Rule("names", gettext_lazy("Names and numbers of people"), find, asks=True)
