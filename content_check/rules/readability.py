"""How heavy the text is to read: LIX, and the sentences that weigh most. Advice only."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content_check.content import Content, Finding, Known, Rule
from content_check.lix import ORDINARY_UNTIL, WORD, lix, sentences

MOST_WORDS = 25
SHOWN = 3
LONGEST = 160


def find(content: Content, known: Known) -> Iterator[Finding]:
    """Nothing for what is easy or ordinary; else the longest sentences, or the number alone."""
    number = lix_of(content)
    if number is None or number < ORDINARY_UNTIL:
        return
    long = sorted(
        (
            (len(WORD.findall(sentence)), text.place, sentence)
            for text in content.texts
            if text.prose
            for sentence in sentences(text.words)
        ),
        key=lambda row: -row[0],
    )
    shown = [row for row in long[:SHOWN] if row[0] > MOST_WORDS]
    for count, place, sentence in shown:
        advice = _("%(count)d words in one sentence: divide it.") % {"count": count}
        yield Finding(place, _short(sentence), advice)
    if not shown:
        yield Finding("", f"LIX {number}", _("Many long words: say some of them in shorter ones."))


def lix_of(content: Content) -> int | None:
    """LIX of the running text; None where it is too short for the number to say anything."""
    return lix("\n".join(text.words for text in content.texts if text.prose))


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST else f"{sentence[:LONGEST].rstrip()} …"


RULE = Rule("readability", gettext_lazy("Heavy to read"), find, asks=False)
