"""Phrases that close something, by the phrase cards: advice, never a filter."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content_check.content import Content, Finding, Known, Rule
from search.analysis.phrases import phrases_in


def find(content: Content, known: Known) -> Iterator[Finding]:
    """Each card whose phrase stands in a text, in any inflection."""
    for text in content.texts:
        for hint in phrases_in(text.words, known.phrases):
            advice = _("You could write: %(alternative)s") % {"alternative": hint.alternative}
            yield Finding(text.place, hint.phrase, advice)


RULE = Rule("phrases", gettext_lazy("Phrases that close something"), find, asks=False)
