"""Which kind of file it is, by its content, and what then reads it."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from privacy.child import Refused

from .package import is_package, read_package
from .pdf import read_pdf

if TYPE_CHECKING:
    from .found import Found

LARGEST = 20 * 1024 * 1024
DEEPEST = 3  # a file in a file in a file
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
# Letters that Windows-1252 has no character for, and those that no text holds.
_NO_TEXT = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b") | {127}
_BYTE_ORDER = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def read(data: bytes, found: Found) -> None:
    """Read the file into `found`. Raises Refused."""
    if b"%PDF-" in data[:1024]:
        read_pdf(data, found, read_inner)
    elif data[:4] == b"PK\x03\x04":
        _read_archive(data, found)
    elif data[:8] == _OLD:
        raise Refused("locked" if _LOCKED in data else "old")
    elif data[:5] == b"{\\rtf":
        raise Refused("rtf")
    else:
        found.see(decode(data))


def read_inner(data: bytes, name: str, found: Found) -> None:
    """A file within the file: all of it counts, and what cannot be read closes the outer one."""
    if found.nested >= DEEPEST:
        found.close(name)
        return
    found.nested += 1
    pictures = found.pictures
    found.pictures = []
    try:
        read(data, found)
        if found.pictures:
            found.close(name)
    except Refused as refusal:
        if refusal.why == "limit":
            raise
        found.close(name)
    finally:
        found.nested -= 1
        found.pictures = pictures


def decode(data: bytes) -> str:
    """The text of a plain text file: UTF-8, UTF-16 or Windows-1252. Raises Refused "type"."""
    for mark, encoding in _BYTE_ORDER.items():
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise Refused("broken") from error
    if not data.strip() or not _NO_TEXT.isdisjoint(data):
        raise Refused("type")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Refused("type") from error


def _read_archive(data: bytes, found: Found) -> None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise Refused("broken") from error
    if not is_package(archive):
        raise Refused("type")
    read_package(archive, found, read_inner)
