"""The rules, one file for each, in the order in which their findings are shown."""

from __future__ import annotations

from . import headings, links, names, numbers, phrases, pictures, readability

RULES = (
    names.RULE,
    numbers.RULE,
    pictures.RULE,
    headings.RULE,
    links.RULE,
    phrases.RULE,
    readability.RULE,
)
