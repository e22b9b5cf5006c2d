"""The first sheet of an XLSX workbook as lines of text. Runs in a child process; no Django.

What the workbook says of its own size is not believed: report servers and other offices write
"A1" over a full sheet.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from privacy.child import Refused

MOST_UNPACKED = 200 * 1024 * 1024
MOST_CELLS = 2_000_000
MOST_STRINGS = 1_500_000
LAST_ROW = 1_048_576  # Excel has no more
CHUNK = 1024 * 1024
STRINGS = "xl/sharedStrings.xml"

Line = tuple[int, list[str]]


def read_lines(content: bytes, most_rows: int, most_columns: int, most_cell: int) -> list[Line]:
    """`(line number, cells)` of every row that says something, headings first.

    Raises Refused: "rows" past `most_rows` beside the headings, "size" for more than a caseload.
    """
    _require_caseload(content)
    lines: list[Line] = []
    cells = 0
    for number, row in _rows(content):
        cells += len(row)
        if number > LAST_ROW or cells > MOST_CELLS:
            raise Refused("size")
        line = [""] * min(max((cell["column"] for cell in row), default=0), most_columns)
        for cell in row:
            if cell["column"] <= most_columns:
                line[cell["column"] - 1] = tidy(_as_text(cell["value"]), most_cell)
        if not any(line):
            continue
        if len(lines) > most_rows:
            raise Refused("rows")
        lines.append((number, line))
    return lines


def tidy(cell: str, most: int) -> str:
    """Strip byte order marks and outer whitespace, and cut the cell to `most` characters."""
    return cell.replace("\ufeff", "").strip()[:most]


def _rows(content: bytes) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """The rows that stand in the file, with their numbers: none is made up between them."""
    # Imported here: it takes half a second that only the child process needs.
    import openpyxl  # noqa: PLC0415
    from openpyxl.worksheet._reader import WorkSheetParser  # noqa: PLC0415

    book = openpyxl.load_workbook(
        io.BytesIO(content), read_only=True, data_only=True, keep_links=False
    )
    sheet = book.worksheets[0]
    with sheet._get_source() as source:
        yield from WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        ).parse()


def _require_caseload(content: bytes) -> None:
    """A small archive can unpack to more than the memory holds."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise Refused("size")
        for name in archive.namelist():
            if name.casefold() == STRINGS.casefold():
                with archive.open(name) as strings:
                    _require_few(strings)


def _require_few(strings: IO[bytes]) -> None:
    ends = 0
    while chunk := strings.read(CHUNK):
        ends += chunk.count(b"/si>") + chunk.count(b"<si/>") + chunk.count(b":si>")
        if ends > MOST_STRINGS:
            raise Refused("size")


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
