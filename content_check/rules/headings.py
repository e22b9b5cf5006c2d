"""Headings that skip a level, or say nothing: whoever hears the page walks by them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content_check.content import Content, Finding, Known, Rule

TITLE = 1


def find(content: Content, known: Known) -> Iterator[Finding]:
    """The title comes first; below it, no heading is more than one level deeper than the last."""
    before = TITLE
    for heading in content.headings:
        words = heading.words.strip()
        if not words:
            yield Finding(heading.place, "", _("Write the heading, or delete it."))
            continue
        if heading.level > before + 1:
            yield Finding(
                heading.place,
                words,
                _("It comes right after level %(before)d: put a heading of level %(wanted)d first.")
                % {"before": before, "wanted": before + 1},
            )
        before = heading.level


RULE = Rule("headings", gettext_lazy("Headings"), find, asks=True)
