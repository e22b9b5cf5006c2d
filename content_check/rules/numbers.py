"""No number without its source: per cents that nothing stands behind."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content_check.content import Content, Finding, Known, Rule
from sources.numbers import unsourced


def find(content: Content, known: Known) -> Iterator[Finding]:
    """Every one of them, with its sentence as the place."""
    for number in unsourced(content.pieces):
        yield Finding(
            number.sentence,
            number.number,
            _("Put a source after it, use a key figure, or say that the example is your own."),
        )


RULE = Rule("numbers", gettext_lazy("Numbers without a source"), find, asks=True)
