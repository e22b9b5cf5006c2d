"""The block for a quotation in a page's body."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, TextBlock


class QuoteBlock(StructBlock):
    """A sentence to remember, with who said it. Invented voices say that they are."""

    text = TextBlock(label=_("Quote"))
    attribution = CharBlock(label=_("Who said it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "blocks/quote.html"
        description = _("A sentence to remember, and who said it. Never a citizen’s name.")
        preview_value = {
            "text": _("When somebody believed in me, I dared to try."),
            "attribution": _("Invented voice"),
        }
