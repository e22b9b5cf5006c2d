"""The block for running text in a page's body."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sources.blocks import NotedTextBlock


class ParagraphBlock(NotedTextBlock):
    """Running text with bold, lists, links and footnotes."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/paragraph.html"
