"""pdf: the pages' text, and every other string and stream of the file."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

import pypdf
from lxml import etree
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    ContentStream,
    DictionaryObject,
    IndirectObject,
    StreamObject,
    TextStringObject,
)

from privacy.child import Refused

from .found import Found
from .markup import tree_of, words_of

Inner = Callable[[bytes, str, Found], None]
Piece = tuple[int, float, str]  # how far up, how far across, what
MOST_PAGES = 500
MOST_EARLIER = 5  # earlier states that a file carries along
_PAINTS = frozenset((b"Do", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh"))
_INLINE = b"INLINE IMAGE"
_SHOWS_TEXT = frozenset((b"Tj", b"TJ", b"'", b'"'))
_FEW = 20  # letters and digits on a page that is a picture with a stamp or a number
_FONT_PROGRAM = frozenset(("/Length1", "/Length2", "/Length3"))
_LITERAL = re.compile(rb"\(((?:\\.|[^()\\])*)\)", re.DOTALL)
_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF")


def read_pdf(data: bytes, found: Found, inner: Inner) -> None:
    """Raises Refused."""
    try:
        pdf = _open(data)
        pages = list(pdf.pages[: MOST_PAGES + 1])
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused("broken") from error
    found.complete = found.complete and len(pages) <= MOST_PAGES
    found.tell("\n".join(str(value) for value in (pdf.metadata or {}).values()))
    for number, page in enumerate(pages[:MOST_PAGES], 1):
        _page(page, str(number), found)
    _Objects(pdf, found, inner).read()
    _earlier(data, found, inner)


def _open(data: bytes) -> pypdf.PdfReader:
    pdf = pypdf.PdfReader(io.BytesIO(data))
    if pdf.is_encrypted and not pdf.decrypt(""):
        raise Refused("locked")
    return pdf


def _earlier(data: bytes, found: Found, inner: Inner) -> None:
    """Read earlier versions, which a PDF keeps before each earlier end marker."""
    ends = [end for end in _END.finditer(data) if end[1] != b"0"][:-1]
    if len(ends) > MOST_EARLIER:
        found.complete = False
    for end in ends[-MOST_EARLIER:]:
        try:
            pdf = _open(data[: end.end()])
            for page in pdf.pages:
                found.hide(page.extract_text())
            _Objects(pdf, found, inner).read()
        except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, AttributeError):
            continue  # the parts of a file made for the web are no files of their own


def _page(page: Any, number: str, found: Found) -> None:
    """The words of a page; it is named where it shows something and holds none."""
    pieces: list[Piece] = []
    text = page.extract_text(visitor_operand_before=lambda *drawn: _keep(pieces, *drawn))
    found.see(text)
    for line in _lines_in_file_order(pieces):
        found.hide(line)
    content = page.get_contents()
    operations = content.operations if content is not None else []
    for operands, operator in operations:
        if operator in (b"BDC", b"DP"):
            for value in _strings(ArrayObject(operands)):
                found.hide(value)
    if not _is_readable(page, text, operations):
        found.pictures.append(number)


def _keep(
    pieces: list[Piece], operator: bytes, operands: Any, matrix: Any, text_matrix: Any
) -> None:
    """Note where on the paper a few digits are drawn."""
    text = str(operands[0]).strip(" -") if operator == b"Tj" and operands else ""
    if text.isdigit():
        x, y = text_matrix[4], text_matrix[5]
        across = matrix[0] * x + matrix[2] * y + matrix[4]
        up = matrix[1] * x + matrix[3] * y + matrix[5]
        pieces.append((round(up / 4), across, text))


def _lines_in_file_order(pieces: list[Piece]) -> Iterator[str]:
    """Each line of lone digits from left to right, in whatever order they were drawn."""
    for _up, line in groupby(sorted(pieces), key=lambda piece: piece[0]):
        texts = [text for _up, _across, text in line]
        yield "".join(texts) if all(len(text) <= 2 for text in texts) else " ".join(texts)


def _is_readable(page: Any, text: str, operations: list[Any]) -> bool:
    letters = sum(map(str.isalnum, text))
    shown = {operator for _operands, operator in operations}
    has_image = _INLINE in shown or (b"Do" in shown and _has_image(page.get("/Resources")))
    if letters < _FEW and has_image:
        return False
    if not letters:
        return shown.isdisjoint(_PAINTS) and not _shows(operations)
    odd = sum(not letter.isprintable() and not letter.isspace() for letter in text)
    return odd * 5 < letters + odd and not _has_secret_font(page.get("/Resources"))


def _shows(operations: list[Any]) -> bool:
    return any(
        operator in _SHOWS_TEXT and any(map(str.strip, _strings(ArrayObject(operands))))
        for operands, operator in operations
    )


def _has_image(resources: Any, depth: int = 0) -> bool:
    objects = _at(_at(resources, "/XObject"))
    if not isinstance(objects, DictionaryObject) or depth > 3:
        return False
    drawn = [_at(drawing) for drawing in objects.values()]
    return any(
        _at(drawing, "/Subtype") == "/Image" or _has_image(_at(drawing, "/Resources"), depth + 1)
        for drawing in drawn
    )


def _has_secret_font(resources: Any) -> bool:
    """A font that tells which shapes are drawn, and not which letters they are."""
    fonts = _at(_at(resources, "/Font"))
    return isinstance(fonts, DictionaryObject) and any(
        _at(font, "/Subtype") == "/Type0"
        and "/ToUnicode" not in _at(font)
        and str(_at(font, "/Encoding")).startswith("/Identity")
        for font in fonts.values()
    )


def _at(thing: Any, name: str = "") -> Any:
    """The thing itself behind a reference, or what stands in it by a name."""
    thing = thing.get_object() if isinstance(thing, IndirectObject) else thing
    if not name:
        return thing
    return _at(thing.get(name)) if isinstance(thing, DictionaryObject) else None


def _strings(value: Any) -> Iterator[str]:
    """Every string in a value, references not followed."""
    if isinstance(value, TextStringObject):
        yield str(value)
    elif isinstance(value, ByteStringObject):
        yield bytes(value).decode("latin-1")
    elif isinstance(value, DictionaryObject):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, ArrayObject):
        for part in value:
            yield from _strings(part)


class _Objects:
    """Form fields, notes, bookmarks, attachments, descriptions: whatever the file holds."""

    def __init__(self, pdf: pypdf.PdfReader, found: Found, inner: Inner) -> None:
        self.pdf, self.found, self.inner = pdf, found, inner

    def read(self) -> None:
        for value in _strings(self.pdf.trailer):
            self.found.hide(value)
        for number in self._numbers():
            try:
                thing = self.pdf.get_object(IndirectObject(*number, self.pdf))
            except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, AttributeError):
                continue  # an unreadable object
            for value in _strings(thing):
                self.found.hide(value)
            if isinstance(thing, StreamObject):
                self._stream(thing)

    def _numbers(self) -> Iterator[tuple[int, int]]:
        for generation, places in self.pdf.xref.items():
            yield from ((number, generation) for number in places)
        yield from ((number, 0) for number in self.pdf.xref_objStm)

    def _stream(self, stream: Any) -> None:
        kind, subtype = str(_at(stream, "/Type")), str(_at(stream, "/Subtype"))
        if subtype == "/Image" or kind in ("/XRef", "/ObjStm") or _FONT_PROGRAM & stream.keys():
            return
        try:
            data = stream.get_data()
        except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, NotImplementedError):
            self.found.close(kind.strip("/") or "stream")
            return
        if kind == "/EmbeddedFile":
            self.inner(data, "attachment", self.found)
        elif subtype == "/Form" or "/PatternType" in stream:
            self._drawn(stream)
        elif b"begincmap" not in data:
            self._text(data)

    def _drawn(self, stream: Any) -> None:
        """A stamp, a form field as it is shown, or a part that pages share."""
        first = self.pdf.pages[0] if self.pdf.pages else None
        if first is not None:
            self.found.hide(first.extract_xform_text(stream))
            content = ContentStream(stream, self.pdf)
            for operands, _operator in content.operations:
                for value in _strings(ArrayObject(operands)):
                    self.found.hide(value)

    def _text(self, data: bytes) -> None:
        """What the file says of itself in XML, a script, or text drawn by an unknown part."""
        if data.lstrip()[:1] == b"<":
            try:
                words = words_of(tree_of(data.strip(b" \t\r\n\0")), data=True)
            except etree.XMLSyntaxError:
                self.found.hide_printed(data)
                return
            for line in (*words.lines, *words.hidden):
                self.found.hide(line)
        else:
            literals = _LITERAL.findall(data)
            self.found.hide(b"".join(literals).decode("latin-1"))
