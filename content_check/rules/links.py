"""Links whose words do not say where they lead: they are often read on their own, in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content_check.content import Content, Finding, Known, Rule

# Danish, with what is pasted from English pages; small letters, words alone.
SAYING_NOTHING = frozenset(
    {
        "", "her", "klik", "klik her", "klik her for mere", "tryk her", "se her", "se mere",
        "se mere her", "læs her", "læs mere", "læs mere her", "læs videre", "mere", "mere her",
        "link", "linket", "dette link", "via dette link", "hent", "hent her", "download",
        "download her", "find det her", "gå til", "siden", "denne side", "hjemmesiden", "pdf",
        "here", "click here", "read more", "more", "this link",
    }
)  # fmt: skip
ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+")


def find(content: Content, known: Known) -> Iterator[Finding]:
    """Those that say nothing, and bare addresses."""
    for link in content.links:
        words = " ".join(link.words.split())
        if ADDRESS.match(words):
            yield Finding(link.place, words, _("Write what is there; the address is in the link."))
        elif " ".join(WORD.findall(words.lower())) in SAYING_NOTHING:
            yield Finding(link.place, words, _("Say where the link leads: put it on those words."))


RULE = Rule("links", gettext_lazy("Words of links"), find, asks=True)
