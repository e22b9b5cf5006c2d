"""What an open page tells search engines and sharing cards; nothing of it comes from elsewhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString
from django.utils.text import Truncator

from people.mails import absolute

if TYPE_CHECKING:
    from kb.models import BasePage

LONGEST = 200
LOCALES = {"da": "da_DK", "en": "en_GB"}
# Inside <script> only these could end it or begin a comment; JSON writes them otherwise.
UNSAFE = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def head_of(page: BasePage) -> dict[str, Any]:
    """What stands in the head of a page that everybody reads."""
    address = absolute(page.url)
    about = page.structured_data()
    description = short(page.summary())
    return {
        "is_indexed": page.is_indexed,
        "description": description,
        "canonical": address,
        "title": page.title,
        "kind": "article" if about else "website",
        "locale": LOCALES[page.language],
        "alternates": alternates(page),
        "structured": as_json_ld(page, about, address, description) if about else "",
    }


def alternates(page: BasePage) -> list[tuple[str, str]]:
    """(language, address) of the page and its versions that everybody reads; none for one alone."""
    versions = [version for version in page.versions() if version.is_public]
    if not versions:
        return []
    return [(one.language, absolute(one.url)) for one in (page, *versions)]


def short(text: str) -> str:
    """On one line, and no longer than a card shows."""
    return Truncator(" ".join(text.split())).chars(LONGEST)


def as_json_ld(page: BasePage, about: dict[str, Any], address: str, description: str) -> SafeString:
    """A data block for the page's head: browsers do not run it, so the policy lets it stand."""
    data = {
        "@context": "https://schema.org",
        **about,
        "url": address,
        "description": description,
        "inLanguage": page.language,
        "isAccessibleForFree": True,
    }
    written = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return SafeString(written.translate(UNSAFE))  # nosec B703 (what could end the block is escaped)
