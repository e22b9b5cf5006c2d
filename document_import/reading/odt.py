"""odt: headings, paragraphs, lists and links of an OpenDocument text."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from privacy.child import Refused
from privacy.extraction.markup import tree_of

from ..paragraphs import Collector, Link, Paragraph, Style

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}"
# What is deleted but kept, and what stands in the margin, is not the text.
_SILENT = (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}sequence-decls")
_SPACES = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": " "}
_QUOTES = ("Quotations", "Quote", "Citat")
_TITLES = ("Title", "Titel")


def read_odt(data: bytes) -> list[Paragraph]:
    """Raises Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            tree = tree_of(package.read("content.xml"))
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise Refused("broken") from error
    body = tree.find(f".//{_OFFICE}text")
    if body is None:
        raise Refused("broken")
    walk = _Walk(_parents(tree))
    walk.read(body, Style.TEXT)
    return walk.found.paragraphs


def _parents(tree: etree._Element) -> dict[str, str]:
    """The named style behind each style that the program made by itself."""
    return {
        style.get(f"{_STYLE}name", ""): style.get(f"{_STYLE}parent-style-name", "")
        for style in tree.iter(f"{_STYLE}style")
    }


class _Walk:
    def __init__(self, parents: dict[str, str]) -> None:
        self.found = Collector()
        self.parents = parents

    def read(self, element: etree._Element, style: Style) -> None:
        for inner in element:
            if inner.tag in _SILENT:
                continue
            if inner.tag == f"{_TEXT}h":
                self._add(inner, Style.HEADING, int(inner.get(f"{_TEXT}outline-level") or 1))
            elif inner.tag == f"{_TEXT}p":
                self._paragraph(inner, style)
            elif inner.tag == f"{_TEXT}list":
                self.read(inner, Style.ITEM)
            else:
                self.read(inner, style)

    def _paragraph(self, element: etree._Element, style: Style) -> None:
        name = element.get(f"{_TEXT}style-name", "")
        named = (name, self.parents.get(name, ""))
        if any(title in named for title in _TITLES):
            self._add(element, Style.HEADING, 1)
        elif style is Style.TEXT and any(quote in named for quote in _QUOTES):
            self._add(element, Style.QUOTE, 0)
        else:
            self._add(element, style, 0)

    def _add(self, element: etree._Element, style: Style, level: int) -> None:
        links: list[Link] = []
        text = _words(element, links)
        if style is not Style.ITEM:
            self.found.break_group()
        self.found.add(text, style=style, level=level, links=tuple(links))


def _words(element: etree._Element, links: list[Link]) -> str:
    """The words in an element, a frame's or a note's included; gathers its links."""
    parts = [element.text or ""]
    for inner in element:
        if inner.tag in _SPACES:
            parts.append(_SPACES[inner.tag])
        elif isinstance(inner.tag, str) and inner.tag not in _SILENT:
            words = _words(inner, links)
            address = inner.get(f"{_XLINK}href", "")
            if inner.tag == f"{_TEXT}a" and words.strip() and address.startswith("http"):
                links.append(Link(" ".join(words.split()), address))
            parts.append(words)
        parts.append(inner.tail or "")
    return "".join(parts)
