"""The block for a box that stands beside the running text."""

from __future__ import annotations

from typing import Any

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
        description = _("Stands beside the text: what is read on its own, such as a definition.")

    def get_preview_value(self) -> Any:
        heading, text = _("What is a sparring?"), _("Two colleagues look at one case together.")
        return self.normalize({"heading": str(heading), "text": f"<p>{text}</p>"})
