"""What a page weighs: its own bytes and those of every file it asks for, compressed."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

Fetch = Callable[[str], bytes]


class _Page(HTMLParser):
    """Counts elements and collects the files that a browser fetches with the page."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes = 0
        self.files: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.nodes += 1
        values = {name: value or "" for name, value in attrs}
        if tag == "link" and "stylesheet" in values.get("rel", ""):
            self.files[values["href"]] = "css"
        elif tag == "link" and values.get("as") == "font":
            self.files[values["href"]] = "fonts"
        elif tag == "script" and values.get("src"):
            self.files[values["src"]] = "js"
        elif tag == "img" and values.get("src", "").startswith("/"):
            self.files[values["src"]] = "images"
        elif tag == "use" and values.get("href", "").startswith("/"):
            self.files[values["href"].split("#")[0]] = "images"


def page_weight(html: bytes, html_compressed: int, fetch: Fetch) -> dict[str, float]:
    """Kilobytes (1,000 bytes, compressed) by kind, requests and elements of one page.

    `fetch(path)` returns the compressed body of a file. Fonts named by the style sheet count where
    the page preloads them; a browser fetches another cut only where it is used.
    """
    page = _Page()
    page.feed(html.decode("utf-8"))
    kilobytes = {"html": html_compressed / 1000, "css": 0.0, "js": 0.0, "fonts": 0.0, "images": 0.0}
    for path, kind in page.files.items():
        kilobytes[kind] += len(fetch(path)) / 1000
    return {
        **{f"{kind}_kb": round(size, 1) for kind, size in kilobytes.items()},
        "cold_kb": round(sum(kilobytes.values()), 1),
        "requests": len(page.files) + 1,
        "dom_nodes": page.nodes,
    }
