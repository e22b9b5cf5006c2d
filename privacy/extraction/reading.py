"""Which kind of file it is, by its content, and what then reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privacy.child import Refused
from privacy.packages import open_package
from privacy.plain_text import decode

from .package import is_package, read_package
from .pdf import read_pdf

if TYPE_CHECKING:
    from .found import Found

LARGEST = 20 * 1024 * 1024
DEEPEST = 3  # a file in a file in a file
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")


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
    elif not data.strip():
        raise Refused("type")
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


def _read_archive(data: bytes, found: Found) -> None:
    archive = open_package(data)
    if not is_package(archive):
        raise Refused("type")
    read_package(archive, found, read_inner)
