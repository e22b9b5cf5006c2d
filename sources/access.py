"""This app's lines of the access matrix."""

from __future__ import annotations

from privacy.matrix import ANYONE, LOGIN, declare

declare("sources:index", roles=LOGIN)
# Without login: a source that an open text cites, and the list of an open page.
declare(
    "sources:source",
    "sources:citation",
    "sources:page_citations",
    roles=ANYONE,
    relation="visitor",
)
