"""The block for one value of a key figure, which may have several."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, FloatBlock, StructBlock

from .safe import SafeStreamBlock


class FigureValueBlock(StructBlock):
    """One value of a key figure: as text, and where it is known as a number or a span."""

    label = CharBlock(label=_("What it is"))
    text = CharBlock(label=_("As it is written"), help_text=_("For example: 1,2 %"))
    value = FloatBlock(label=_("Number"), required=False)
    low = FloatBlock(label=_("Lowest"), required=False)
    high = FloatBlock(label=_("Highest"), required=False)

    class Meta:
        icon = "order"
        label = _("Value")
        template = "blocks/figure_value.html"
        description = _("One value of the figure: what it is, as it is written, and as a number.")
        preview_value = {"label": _("of those who were asked (an example)"), "text": "6 %"}


class FigureValueStreamBlock(SafeStreamBlock):
    """All values of one key figure, in the order in which they are read."""

    value = FigureValueBlock()
