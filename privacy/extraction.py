"""The text of a pdf, docx or txt file: read in a process of its own, with limits. No Django.

A file comes from outside, and libraries that read it can be led astray: the child has its own
memory and time, and what it cannot finish counts as unreadable (docs/security.md R23). Everything
a reader could see is asked for: headings, notes, comments, headers, and what the file says about
its author. Text in pictures is out of reach.
"""

from __future__ import annotations

import io
import json
import re
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

LARGEST = 20 * 1024 * 1024
MOST_CHARACTERS = 500_000
MOST_PAGES = 500
MOST_UNPACKED = 80 * 1024 * 1024
SECONDS = 20
MEMORY = 1024 * 1024 * 1024
KINDS = ("pdf", "docx", "txt")
_ROOT = Path(__file__).resolve().parent.parent
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCX_PARTS = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml|docProps/\w+\.xml"
)

Why = Literal["type", "size", "limit", "locked", "broken"]


class UnreadableFile(Exception):
    """`why`: not a known type, too large, past the limits, locked by a password, or broken."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


class Extracted(NamedTuple):
    """What stands in the file. `complete` is False where it was cut at the limits."""

    text: str
    about: str
    complete: bool


def kind_of(data: bytes) -> str:
    """ "pdf", "docx" or "txt", by the content, never by the name; "" for anything else."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] == b"PK\x03\x04":
        return "docx" if b"word/document.xml" in data else ""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if "\0" in text or not text.strip() else "txt"


def extract(data: bytes, *, seconds: float = SECONDS) -> Extracted:
    """The text of the file. Raises UnreadableFile: whoever checks must then refuse it."""
    if len(data) > LARGEST:
        raise UnreadableFile("size")
    kind = kind_of(data)
    if not kind:
        raise UnreadableFile("type")
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(Path(__file__).resolve()), kind],
            input=data,
            capture_output=True,
            timeout=seconds,
            cwd=_ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile("limit") from error
    if done.returncode != 0:
        raise UnreadableFile("locked" if done.returncode == LOCKED else "broken")
    return Extracted(**json.loads(done.stdout))


# Below: what the child does.

LOCKED = 3


class _Locked(Exception):
    pass


def _pdf(data: bytes) -> tuple[Iterator[str], str]:
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise _Locked
    about = "\n".join(str(value) for value in (reader.metadata or {}).values())
    return (page.extract_text() for page in reader.pages[:MOST_PAGES]), about


def _docx(data: bytes) -> tuple[Iterator[str], str]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = [part for part in archive.infolist() if _DOCX_PARTS.fullmatch(part.filename)]
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise ValueError("too much in the archive")
    names = [part.filename for part in parts]
    about = [_xml_text(archive.read(n)) for n in names if n.startswith("docProps/")]
    return (_xml_text(archive.read(name)) for name in names if name.startswith("word/")), "\n".join(
        about
    )


def _xml_text(content: bytes) -> str:
    """Every text of the part, a line for each paragraph."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    pieces: list[str] = []
    root = etree.fromstring(content, parser)
    for _event, node in etree.iterwalk(root, events=("end",)):
        if node.tag == f"{_WORD}p":
            pieces.append("\n")
        elif node.tag in (f"{_WORD}tab", f"{_WORD}br"):
            pieces.append(" ")
        elif node.text and (node.tag == f"{_WORD}t" or not str(node.tag).startswith(_WORD)):
            pieces.append(node.text if node.tag == f"{_WORD}t" else f"{node.text}\n")
    return "".join(pieces)


def _read(kind: str, data: bytes) -> Extracted:
    if kind == "txt":
        parts, about = iter([data.decode("utf-8")]), ""
    else:
        parts, about = _pdf(data) if kind == "pdf" else _docx(data)
    pieces, length = [], 0
    for part in parts:
        pieces.append(part)
        length += len(part)
        if length > MOST_CHARACTERS:
            return Extracted("\n".join(pieces)[:MOST_CHARACTERS], about[:10_000], False)
    return Extracted("\n".join(pieces), about[:10_000], len(pieces) < MOST_PAGES)


def _child(kind: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        found = _read(kind, sys.stdin.buffer.read())
    except _Locked:
        return LOCKED
    json.dump(found._asdict(), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(_child(sys.argv[1]))
