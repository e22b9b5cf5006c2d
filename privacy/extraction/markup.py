"""The words of one XML part: its lines with split runs joined, and what stands in attributes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

# Within these a paragraph is cut into runs that belong together; elsewhere each element is a line.
_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:text:"
_RUNS = (
    _OPEN_DOCUMENT,
    "http://schemas.openxmlformats.org/wordprocessingml/",
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://schemas.openxmlformats.org/spreadsheetml/",
    "http://schemas.openxmlformats.org/markup-compatibility/",
    "http://schemas.microsoft.com/office/word/",
    "http://purl.oclc.org/ooxml/",
)
_PARAGRAPHS = frozenset(("p", "h"))
_ENDS_LINE = frozenset((*_PARAGRAPHS, "si", "is", "author", "text", "f", "v", "definedName"))
_SPACES = frozenset(("tab", "br", "cr", "s", "line-break", "ptab"))
_ROWS = frozenset(("tr", "table-row"))
# Text that no reader sees: taken away under "track changes", or a field's instruction.
_UNSEEN = frozenset(("delText", "instrText", "delInstrText"))
# Numbers that programs make for their own use, under names such as id, rsidR, crossAx.
_MACHINE_NAME = re.compile(r".*id|rsid\w*|crossax|tmpl", re.IGNORECASE)
_MACHINE_VALUE = re.compile(r"[A-Za-z_]{0,10}-?[0-9A-Fa-f]+")
# Between numbers of a table, so that two figures side by side are not read as one number.
APART = "    "
LONG_FIGURE = re.compile(r"\d[\d.,  ]{2,}")


@dataclass
class Words:
    """`lines` are what a reader sees; `hidden` is for the check only."""

    lines: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    is_closed: bool = False  # its own entities may hide words


def tree_of(content: bytes) -> Any:
    """The part as a tree, nothing fetched or unfolded. Raises etree.XMLSyntaxError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(content, parser)


def words_of(root: Any, *, data: bool = False) -> Words:
    """Every word of the part. `data`: somebody's own XML, where no name is a machine's."""
    return _Walk(data).through(root)


class _Walk:
    def __init__(self, data: bool) -> None:
        self.data = data
        self.words = Words()
        self.rows: list[int] = []  # where in the lines each open table row begins
        self._begin_line()

    def _begin_line(self) -> None:
        self.seen: list[str] = []
        self.unseen: list[str] = []
        self.whole: list[str] = []

    def through(self, root: Any) -> Words:
        table = root.getroottree().docinfo.internalDTD
        self.words.is_closed = table is not None and any(table.iterentities())
        for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event in ("comment", "pi"):
                self.words.hidden.append(node.text or "")
                self._add(node.tail, node.getparent())
            elif isinstance(node.tag, str):  # else an entity, which is left folded
                self._start(node) if event == "start" else self._end(node)
        self._end_line()
        return self.words

    def _start(self, node: Any) -> None:
        name = etree.QName(node).localname
        self._attributes(node, name)
        if name in _PARAGRAPHS:
            self._end_line()
        elif name in _SPACES:
            self._write(" ", unseen=False)
        elif name == "noBreakHyphen":
            self._write("-", unseen=False)
        elif name in _ROWS:
            self.rows.append(len(self.words.lines))
        self._add(node.text, node)

    def _end(self, node: Any) -> None:
        tag = etree.QName(node)
        if tag.localname in _ENDS_LINE or not (tag.namespace or "").startswith(_RUNS):
            self._end_line()
        if _is_figure(node):
            self.words.lines.append(APART)
        if tag.localname in _ROWS and self.rows:
            self.words.hidden.append(" ".join(self.words.lines[self.rows.pop() :]))
        self._add(node.tail, node.getparent())

    def _add(self, text: str | None, node: Any) -> None:
        """The words of an element; the white space that only sets the markup out is none."""
        if not text or node is None:
            return
        tag = etree.QName(node)
        spaces = tag.localname == "t" or (tag.namespace or "").startswith(_OPEN_DOCUMENT)
        if spaces or text.strip():
            self._write(text, unseen=tag.localname in _UNSEEN)

    def _write(self, text: str, *, unseen: bool) -> None:
        (self.unseen if unseen else self.seen).append(text)
        self.whole.append(text)

    def _end_line(self) -> None:
        if self.seen:
            self.words.lines.append("".join(self.seen))
        if self.unseen:
            self.words.hidden += ["".join(self.unseen), "".join(self.whole)]
        if self.whole:
            self._begin_line()

    def _attributes(self, node: Any, element: str) -> None:
        for attribute, value in node.attrib.items():
            name = etree.QName(attribute).localname
            made = _MACHINE_NAME.fullmatch(name) or _MACHINE_NAME.fullmatch(element)
            if self.data or not (made and _MACHINE_VALUE.fullmatch(value)):
                self.words.hidden.append(value)


def _is_figure(node: Any) -> bool:
    """A cell of a spreadsheet with a figure of three digits or more."""
    for name, value in node.attrib.items():
        if name.endswith("}value-type") and value in ("float", "currency", "percentage"):
            return LONG_FIGURE.match("".join(node.itertext()).strip()) is not None
    return False
