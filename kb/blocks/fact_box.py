"""The block for a box that stands beside the running text."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock

from sources.blocks import NotedTextBlock


class FactBoxBlock(StructBlock):
    """A box next to the text."""

    heading = CharBlock(label=_("Heading"))
    text = NotedTextBlock(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Box")
        template = "blocks/fact_box.html"
