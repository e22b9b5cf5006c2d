"""Reading CSV and XLSX into lines of text, whatever wrote them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy import child

from .report import ImportRefused
from .xlsx import read_lines, tidy

MOST_ROWS = 20_000
MOST_LINES = 200_000  # blank ones too: each takes its time
MOST_COLUMNS = 60
MOST_BYTES = 10 * 1024 * 1024
MOST_CELL = 5_000
ZIP = b"PK\x03\x04"
WHY = {
    "rows": gettext_lazy("The file has more than 20,000 rows. Split it in two."),
    "size": gettext_lazy(
        "The workbook holds more than a caseload. Copy the rows into a new workbook, and save it."
    ),
    "limit": gettext_lazy(
        "The workbook takes too long to read. Copy the rows into a new workbook, and save it."
    ),
    "busy": gettext_lazy("Other files are being read right now. Try again in a minute."),
    "broken": gettext_lazy(
        "The file cannot be read as a workbook. Open it in Excel, and save it anew as xlsx."
    ),
}


@dataclass(frozen=True)
class Table:
    """A file's headings and its lines: `(line number, cells)`, blank lines left out."""

    headings: list[str]
    lines: list[tuple[int, list[str]]]


def read_table(content: bytes) -> Table:
    """Read a CSV (; or , in UTF-8 or Windows-1252) or an XLSX (first sheet).

    Raises ImportRefused for what cannot be read, is empty, or is larger than the limits above.
    """
    if len(content) > MOST_BYTES:
        tell = _("The file is larger than %d MB.")
        raise ImportRefused(tell % (MOST_BYTES // 1024 // 1024))
    if not content.strip():
        raise ImportRefused(_("The file is empty."))
    numbered = _xlsx_lines(content) if content.startswith(ZIP) else _csv_lines(content)
    lines: list[tuple[int, list[str]]] = []
    for number, cells in numbered:
        if not any(cells):
            continue
        if len(lines) > MOST_ROWS:
            raise ImportRefused(WHY["rows"])
        lines.append((number, cells))
    if not lines:
        raise ImportRefused(_("The file is empty."))
    (_number, headings), *rest = lines
    if not rest:
        raise ImportRefused(_("The file has headings but no rows."))
    # A column without a heading is looked at like the others.
    widest = max(len(cells) for _number, cells in lines)
    return Table(headings + [""] * (widest - len(headings)), rest)


def _csv_lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decode(content)
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in rows:
            if rows.line_num > MOST_LINES:
                raise ImportRefused(WHY["size"])
            yield begins, [_tidy(cell) for cell in cells[:MOST_COLUMNS]]
            begins = rows.line_num + 1
    except csv.Error as error:
        tell = _("The file cannot be read as CSV at line %d.")
        raise ImportRefused(tell % (rows.line_num or 1)) from error


def _decode(content: bytes) -> str:
    if b"\x00" in content:
        raise ImportRefused(_("The file is neither CSV nor XLSX."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _xlsx_lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        lines = child.run(read_lines, content, MOST_ROWS, MOST_COLUMNS, MOST_CELL)
    except child.Refused as refusal:
        raise ImportRefused(WHY.get(refusal.why, WHY["broken"])) from refusal
    yield from ((number, cells) for number, cells in lines)


def _tidy(cell: str) -> str:
    return tidy(cell, MOST_CELL)
