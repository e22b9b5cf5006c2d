"""Plain text from outside, read whole or refused. No Django."""

from __future__ import annotations

from privacy.child import Refused

# Letters that Windows-1252 has no character for, and those that no text holds.
_NO_TEXT = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b") | {127}
_BYTE_ORDER = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def decode(data: bytes) -> str:
    """The text of a plain text file: UTF-8, UTF-16 or Windows-1252. Raises Refused "type"."""
    for mark, encoding in _BYTE_ORDER.items():
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise Refused("broken") from error
    if not _NO_TEXT.isdisjoint(data):
        raise Refused("type")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Refused("type") from error
