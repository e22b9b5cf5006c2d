"""Pictures without words for those who cannot see them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content_check.content import Content, Finding, Known, Rule

# What a camera or a program called the file says nothing to anybody.
FILE_NAME = re.compile(
    r"\.(?:avif|gif|jpe?g|png|svg|webp)$|^(?:img|dsc|image|billede|foto)[\s_-]*\d+$|\w_\w",
    re.IGNORECASE,
)


def find(content: Content, known: Known) -> Iterator[Finding]:
    """Those that say nothing, and those that say a file's name."""
    for picture in content.pictures:
        words = picture.words.strip()
        if not words or FILE_NAME.search(words):
            yield Finding(picture.place, words, _("Say in words what the picture shows."))


RULE = Rule("pictures", gettext_lazy("Pictures without words"), find, asks=True)
