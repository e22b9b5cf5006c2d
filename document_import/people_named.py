"""The first professional whom a text presents with title and workplace. No Django.

Only these two shapes count, since a citizen is never presented by them: "Nn Nn, afdelingsleder i
Organisation" and "forskningschef Nn Nn fra Organisation".
"""

from __future__ import annotations

import re

from .contacts import Contact

_NAME = r"[A-ZÆØÅ][a-zæøåé]+(?:[ -](?:[A-ZÆØÅ][a-zæøåé]+|[vV]an|[dD]e)){1,3}"
_ORGANISATION = r"(?P<organisation>[A-ZÆØÅ][\wÆØÅæøå]*(?: [A-ZÆØÅ][\wæøåÆØÅ]*)*)"
_AT = r"(?:i|hos|fra|ved|på)"
_TITLE = r"(?P<title>[a-zæøå]+(?: og [a-zæøå]+)?)"
_AFTER = re.compile(rf"(?P<name>{_NAME}), {_TITLE} {_AT} {_ORGANISATION}")
_BEFORE = re.compile(
    rf"(?P<title>\b[a-zæøå]*(?:chef|leder|konsulent|forsker|direktør|professor|specialist)) "
    rf"(?P<name>{_NAME}) {_AT} {_ORGANISATION}"
)


def person_named(text: str) -> Contact | None:
    """Who is presented first, or None."""
    found = [match for pattern in (_AFTER, _BEFORE) if (match := pattern.search(text))]
    if not found:
        return None
    first = min(found, key=lambda match: match.start())
    return Contact(first["name"], first["title"], first["organisation"])
