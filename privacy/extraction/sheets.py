"""The cells of an xlsx workbook, row by row, for the check of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from .markup import APART

_MAIN = re.compile(r"\{[^}]*/spreadsheetml/(?:2006/)?main\}")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[Ee][+-]?\d+)?")


def shared_strings(root: Any) -> list[str]:
    """The workbook's table of texts, in order."""
    return ["".join(_texts(item)) for item in root if _name(item) == "si"]


def rows(root: Any, strings: Sequence[str]) -> Iterator[str]:
    """A line for each row of the sheet, which is taken out of the tree."""
    for sheet in [node for node in root if _name(node) == "sheetData"]:
        for row in sheet:
            line = "".join(_cells(row, strings)).rstrip()
            if line:
                yield line
        root.remove(sheet)


def _cells(row: Any, strings: Sequence[str]) -> Iterator[str]:
    """Cells with what divides them: two long figures are never read as one number."""
    for cell in row:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            text = "".join(_texts(cell))
        else:
            text = "".join(node.text or "" for node in cell if _name(node) == "v").strip()
        if kind == "s":
            text = strings[int(text)] if text.isdigit() and int(text) < len(strings) else ""
        for node in cell:
            if _name(node) == "f" and node.text:
                yield f"{APART}{node.text}{APART}"
        if kind == "n" and _NUMBER.fullmatch(text):
            figure = f"{float(text):.2f}".removesuffix(".00") if len(text) > 3 else text
            yield f"{APART}{figure}{APART}" if len(figure) > 2 else f"{figure}\t"
        elif text and kind not in ("b", "e", "d"):
            yield f"{text}\t"


def _texts(node: Any) -> Iterator[str]:
    for element in node.iter():
        if isinstance(element.tag, str) and _name(element) == "t" and element.text:
            yield element.text


def _name(node: Any) -> str:
    return _MAIN.sub("", node.tag) if isinstance(node.tag, str) else ""
