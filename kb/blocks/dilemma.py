"""The block for a dilemma, of which a theme page has a list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock

from .safe import SafeStreamBlock


class DilemmaBlock(StructBlock):
    """A question without a key, and positions people take."""

    question = CharBlock(label=_("Question"))
    positions = ListBlock(CharBlock(label=_("Position")), label=_("Positions"), default=[])

    class Meta:
        icon = "help"
        label = _("Dilemma")
        template = "blocks/dilemma.html"
        description = _("A question without a key, and the positions people take on it.")
        preview_value = {
            "question": _("Do we say our number aloud before the citizen has spoken?"),
            "positions": [_("Yes, it is honest."), _("No, it closes something.")],
        }


class DilemmaStreamBlock(SafeStreamBlock):
    """The list of a theme's dilemmas, in the order the editor gives them."""

    dilemma = DilemmaBlock()
