"""The block for a heading in a page's body."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock


class HeadingBlock(CharBlock):
    """A heading of level two; the page's title is the only level one."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
