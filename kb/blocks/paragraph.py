"""The block for running text in a page's body."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sources.blocks import NotedTextBlock


class ParagraphBlock(NotedTextBlock):
    """Running text with bold, lists, links and footnotes."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/paragraph.html"
        description = _("Running text with subheadings, bold, lists and links.")

    def get_preview_value(self) -> Any:
        words = _("Belief is a number with a <b>reason</b>, and both can be renewed.")
        return self.normalize(f"<p>{words}</p>")
