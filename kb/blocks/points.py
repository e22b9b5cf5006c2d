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
        description = _("Short points that are read at a glance, one thing in each.")
        preview_value = [
            _("Ask what the citizen dreams of."),
            _("Say what you believe, and why."),
            _("Agree on one step for this week."),
        ]
