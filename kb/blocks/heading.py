"""The block for a heading in a page's body."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock


class HeadingBlock(CharBlock):
    """A heading of level two; the page's title is the only level one."""

    heading_level = 2  # read by content_check

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        description = _("Divides the text. Say what the part is about, not “Introduction”.")
        preview_value = _("What a question can open")
