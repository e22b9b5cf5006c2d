"""Zip packages from outside: opened once, and never unpacked beyond a limit. No Django."""

from __future__ import annotations

import io
import zipfile

from privacy.child import Refused

MOST_UNPACKED = 80 * 1024 * 1024
MOST_PARTS = 5_000


def open_package(data: bytes, *, most: int = MOST_UNPACKED) -> zipfile.ZipFile:
    """The package. Raises Refused: "broken" where it is none, "limit" for more than may be read."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise Refused("broken") from error
    parts = package.infolist()  # not by name: one name may stand there twice
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > most:
        raise Refused("limit")
    return package
