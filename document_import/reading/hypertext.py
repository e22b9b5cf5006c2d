"""html: headings, paragraphs, lists, quotations and links, in the order in which they stand."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree, html

from privacy.child import Refused

from ..paragraphs import Collector, Link, Paragraph, Style
from .plain import addresses_in

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
) | frozenset(_HEADINGS)
_SILENT = frozenset(("head", "script", "style", "template", "noscript", "svg", "iframe", "object"))


def read_html(data: bytes) -> list[Paragraph]:
    """A page as its visitor reads it; menus too: recognising them is done later."""
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(data, parser=_with_encoding(data, parser))
    except (etree.ParserError, ValueError) as error:
        raise Refused("empty") from error
    return read_tree(tree)


def _with_encoding(data: bytes, parser: html.HTMLParser) -> html.HTMLParser:
    """UTF-8 where the page says nothing and its bytes fit, as browsers would do it today."""
    if b"charset" in data[:2048].lower():
        return parser
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return parser
    return html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")


def read_tree(tree: etree._Element) -> list[Paragraph]:
    """The paragraphs below an element."""
    walk = _Walk()
    walk.block(tree, Style.TEXT, 0)
    walk.flush()
    return walk.found.paragraphs


class _Walk:
    """Gathers the words of one paragraph until a block begins or ends."""

    def __init__(self) -> None:
        self.found = Collector()
        self.words: list[str] = []
        self.links: list[Link] = []
        self.style, self.level = Style.TEXT, 0

    def flush(self) -> None:
        text = "".join(self.words)
        written = tuple(self.links) or addresses_in(text)
        if text.strip():
            self.found.add(text, style=self.style, level=self.level, links=written)
        self.words, self.links = [], []

    def block(self, element: etree._Element, style: Style, level: int) -> None:
        self.style, self.level = style, level
        self._add(element.text)
        for inner in element:
            self._inner(inner, style, level)
            self._add(inner.tail)

    def _inner(self, inner: etree._Element, style: Style, level: int) -> None:
        name = inner.tag if isinstance(inner.tag, str) else ""
        if not name or name in _SILENT or inner.get("hidden") is not None:
            return
        if name in _BLOCKS:
            self.flush()
            if name not in ("br", "li", "div", "tr"):
                self.found.break_group()
            self.block(inner, *_style_of(name, style, level))
            self.flush()
            if name not in ("br", "li", "div", "tr"):
                self.found.break_group()
            self.style, self.level = style, level
        elif name == "a":
            self._link(inner)
        elif name == "img":
            self._add(inner.get("alt"))
        else:
            self.block(inner, style, level)

    def _link(self, element: etree._Element) -> None:
        words = " ".join("".join(_texts(element)).split())
        address = (element.get("href") or "").strip()
        self._add("".join(_texts(element)))
        if words and address.lower().startswith(("http://", "https://", "mailto:", "tel:")):
            self.links.append(Link(words, address))

    def _add(self, text: str | None) -> None:
        if text:
            self.words.append(text)


def _texts(element: etree._Element) -> Iterator[str]:
    return (str(text) for text in element.itertext())


def _style_of(name: str, style: Style, level: int) -> tuple[Style, int]:
    if name in _HEADINGS:
        return Style.HEADING, _HEADINGS[name]
    if name in ("li", "dd"):
        return Style.ITEM, 0
    if name == "blockquote":
        return Style.QUOTE, 0
    if name == "p" and style in (Style.ITEM, Style.QUOTE):
        return style, level
    return (style, level) if name in ("br", "div", "p") else (Style.TEXT, 0)
