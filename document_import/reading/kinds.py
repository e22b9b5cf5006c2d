"""Which reader a file needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING

from privacy.child import Refused
from privacy.packages import open_package
from privacy.plain_text import decode

from ..paragraphs import Paragraph
from .hypertext import read_html
from .markdown import read_markdown
from .odt import read_odt
from .pdf import read_pdf
from .plain import read_plain
from .word import read_docx

if TYPE_CHECKING:
    import zipfile

Reader = Callable[[bytes], list[Paragraph]]
MOST_PARAGRAPHS = 2_000
_BY_NAME: dict[str, Reader] = {
    "md": read_markdown,
    "markdown": read_markdown,
    "html": read_html,
    "htm": read_html,
    "txt": read_plain,
    "text": read_plain,
}


def reader_for(data: bytes, name: str) -> Reader:
    """Raises Refused: "type", "macros", "limit" or "broken"."""
    if data.startswith(b"%PDF-"):
        return read_pdf
    if data.startswith(b"PK\x03\x04"):
        return _reader_of_package(data)
    by_name = _BY_NAME.get(PurePath(name).suffix.lower().removeprefix("."))
    if by_name is None:
        raise Refused("type")
    if not data.strip():
        raise Refused("empty")
    if by_name is read_html:
        return read_html
    start = decode(data)[:400].lstrip().lower()
    return read_html if start.startswith(("<!doctype html", "<html")) else by_name


def _reader_of_package(data: bytes) -> Reader:
    package = open_package(data)
    names = set(package.namelist())
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names) or any(
        name.startswith("Basic/") for name in names
    ):
        raise Refused("macros")
    if "word/document.xml" in names:
        return read_docx
    if "content.xml" in names and _is_text(package):
        return read_odt
    raise Refused("type")


def _is_text(package: zipfile.ZipFile) -> bool:
    """An OpenDocument text says so in its first part; a sheet or slides say something else."""
    return "mimetype" in package.namelist() and package.read("mimetype").startswith(
        b"application/vnd.oasis.opendocument.text"
    )
