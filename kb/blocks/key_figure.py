"""The block that shows a key figure in a page's body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock

from . import examples

if TYPE_CHECKING:
    from django.db.models import Model


class KeyFigureBlock(SnippetChooserBlock):
    """A key figure with everything that makes it honest; nothing while it is a draft."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__("kb.KeyFigure", **kwargs)

    class Meta:
        icon = "order"
        label = _("Key figure")
        template = "blocks/key_figure.html"
        description = _("A number with its source, the base rate and two ways of reading it.")

    def get_preview_value(self) -> Model:
        return examples.key_figure()
