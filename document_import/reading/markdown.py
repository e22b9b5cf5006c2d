"""md: made into html by markdown-it, and read as that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html
from markdown_it import MarkdownIt

from privacy.plain_text import decode

from .hypertext import read_tree

if TYPE_CHECKING:
    from ..paragraphs import Paragraph


def read_markdown(data: bytes) -> list[Paragraph]:
    """CommonMark; html inside it is read as text, and no address is followed."""
    written = MarkdownIt("commonmark", {"html": False}).render(decode(data))
    return read_tree(html.fragment_fromstring(written, create_parent="body"))
