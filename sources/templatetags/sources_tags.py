"""Template tags that draw a text with its footnotes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sources.blocks import OwnExampleBlock, SourceNoteBlock
from sources.footnotes import Entry, mark_of
from sources.notes import PLACEHOLDER

if TYPE_CHECKING:
    from django.template.context import Context
    from wagtail.blocks import StreamValue

    from sources.models import Source

register = template.Library()
LAST_END = re.compile(r"</(?:p|li)>(?!.*</(?:p|li)>)", re.DOTALL)


@register.simple_tag(takes_context=True)
def with_footnotes(context: Context, stream: StreamValue) -> SafeString:
    """A stream field block by block; a footnote's number ends the text that it belongs to."""
    numbers = _numbers(context.get("source_list") or ())
    parts: list[str] = []
    for child in stream:
        if isinstance(child.block, SourceNoteBlock):
            _put_behind(parts, _mark(child.value["source"], numbers, mark_of(child.id)))
        elif isinstance(child.block, OwnExampleBlock):
            said = _("The writer’s own example.")
            _put_behind(parts, format_html(' <span class="muted">({})</span>', said))
        else:
            parts.append(_with_marks(child.render(context.flatten()), numbers, child.id))
    return SafeString("".join(parts))  # nosec B703


@register.simple_tag(takes_context=True)
def source_mark(context: Context, source: Source | None) -> SafeString:
    """The number of a source in the page's list, as a link to it; empty where it has none."""
    return _mark(source, _numbers(context.get("source_list") or ()), "")


def _with_marks(html: str, numbers: dict[int, Entry], block_id: str | None) -> str:
    """The footnotes inside a block: each place gets the number of its source."""
    count = itertools.count(1)

    def mark(place: re.Match[str]) -> str:
        entry = numbers.get(int(place.group(1) or 0))
        return _mark(entry.source if entry else None, numbers, mark_of(block_id, next(count)))

    return PLACEHOLDER.sub(mark, html)


def _numbers(entries: Iterable[Entry]) -> dict[int, Entry]:
    return {entry.source.pk: entry for entry in entries}


def _mark(source: Source | None, numbers: dict[int, Entry], mark: str) -> SafeString:
    entry = numbers.get(source.pk) if source is not None else None
    if entry is None:
        return SafeString("")
    spoken = _("Source %(number)s: %(source)s") % {
        "number": entry.number, "source": entry.source.short
    }  # fmt: skip
    said = _("Retracted").lower() if entry.source.is_retracted else ""
    identity = format_html(' id="{}"', mark) if mark else ""
    return format_html(
        '<sup class="source-mark"{}><a href="#{}" aria-label="{}">[{}]</a>{}</sup>',
        identity,
        entry.anchor,
        spoken,
        entry.number,
        f" {said}" if said else "",
    )


def _put_behind(parts: list[str], mark: SafeString) -> None:
    """At the end of the last paragraph or point; in a line of its own where there is none."""
    end = LAST_END.search(parts[-1]) if parts else None
    if end is None:
        parts.append(format_html("<p>{}</p>", mark) if mark else "")
        return
    parts[-1] = f"{parts[-1][: end.start()]}{mark}{parts[-1][end.start() :]}"
