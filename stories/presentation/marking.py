"""Showing findings in their text. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from privacy.anonymity import Finding

AROUND = 40


def excerpt(text: str, finding: Finding) -> SafeString:
    """The finding in <mark> with some of the text around it, escaped."""
    start, end = max(0, finding.start - AROUND), min(len(text), finding.end + AROUND)
    return format_html(
        "{}{}<mark>{}</mark>{}{}",
        "… " if start else "",
        text[start : finding.start],
        text[finding.start : finding.end],
        text[finding.end : end],
        " …" if end < len(text) else "",
    )


def start_in_browser(text: str, finding: Finding) -> int:
    """Where the finding begins as a browser counts: in UTF-16, a rare letter is two."""
    return len(text[: finding.start].encode("utf-16-le", "surrogatepass")) // 2


def marked(text: str, findings: Iterable[Finding]) -> SafeString:
    """The whole text, escaped, with every finding in <mark>. Findings do not overlap twice."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for finding in sorted(findings, key=lambda item: item.start):
        if finding.start < at:
            continue
        pieces.append((text[at : finding.start], text[finding.start : finding.end]))
        at = finding.end
    body = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}", body, text[at:])
