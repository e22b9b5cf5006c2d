"""Reading CSV and XLSX into lines of text, whatever wrote them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from .report import ImportRefused

MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_CELL = 5_000
ZIP = b"PK\x03\x04"


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
            raise ImportRefused(_("The file has more than 20,000 rows. Split it in two."))
        lines.append((number, cells))
    if not lines:
        raise ImportRefused(_("The file is empty."))
    (_number, headings), *rest = lines
    if not rest:
        raise ImportRefused(_("The file has headings but no rows."))
    return Table(headings, rest)


def _csv_lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decode(content)
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, [_tidy(cell) for cell in cells[:MOST_COLUMNS]]
            begins = reader.line_num + 1
    except csv.Error as error:
        tell = _("The file cannot be read as CSV at line %d.")
        raise ImportRefused(tell % (reader.line_num or 1)) from error


def _decode(content: bytes) -> str:
    if b"\x00" in content:
        raise ImportRefused(_("The file is neither CSV nor XLSX."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _xlsx_lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    import openpyxl  # half a second that only this needs
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        _check_size(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True)
        for number, cells in enumerate(rows, start=1):
            yield number, [_tidy(_as_text(cell)) for cell in cells]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError) as error:
        raise ImportRefused(_("The file is neither CSV nor XLSX.")) from error


def _check_size(content: bytes) -> None:
    """A small archive can unpack to more than the memory holds."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise ImportRefused(_("The file holds more than a caseload."))


def _as_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _tidy(cell: str) -> str:
    return cell.replace("\ufeff", "").strip()[:MOST_CELL]
