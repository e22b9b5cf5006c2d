"""The block for a list of short points in a page's body."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ListBlock, TextBlock


class PointsBlock(ListBlock):
    """Short points, one per line."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(TextBlock(label=_("Point")), **kwargs)

    class Meta:
        icon = "list-ul"
        label = _("Points")
        template = "blocks/points.html"
