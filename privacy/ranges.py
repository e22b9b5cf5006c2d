"""A part of a file (RFC 9110, 14): players ask for the second they jump to, not for the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import FileResponse

ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)
AT_ONCE = 64 * 1024
LONGEST_NUMBER = 18


def asked_part(header: str, size: int) -> tuple[int, int] | None:
    """(first, last) byte that a Range header asks for; None where the whole file is to be sent.

    Raises ValueError for a part that lies outside the file.
    """
    found = ONE_RANGE.fullmatch(header.strip())
    if found is None or not any(found.groups()) or max(map(len, found.groups())) > LONGEST_NUMBER:
        return None
    begin, end = found.groups()
    if not begin:  # the last so many bytes
        first, last = max(0, size - int(end)), size - 1
    else:
        first, last = int(begin), min(int(end) if end else size - 1, size - 1)
        if end and int(end) < int(begin):
            return None
    if first >= size or first > last:
        raise ValueError(header)
    return first, last


def send_part(answer: FileResponse, file: IO[bytes], header: str) -> None:
    """Cut an answer that sends a whole file down to the asked part (206), or to none (416).

    It stays whole where no single part is asked for. The file is closed with the answer, as before.
    """
    size = int(answer.headers["Content-Length"])
    try:
        part = asked_part(header, size)
    except ValueError:
        answer.status_code = 416
        answer.headers["Content-Range"] = f"bytes */{size}"
        answer.headers["Content-Length"] = "0"
        answer.streaming_content = iter(())
        return
    if part is None:
        return
    first, last = part
    answer.status_code = 206
    answer.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer.headers["Content-Length"] = str(last - first + 1)
    answer.streaming_content = _read(file, first, last - first + 1)


def _read(file: IO[bytes], first: int, length: int) -> Iterator[bytes]:
    file.seek(first)
    while length > 0 and (piece := file.read(min(AT_ONCE, length))):
        length -= len(piece)
        yield piece
