"""The block that shows a phrase and its alternative in a page's body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock

from . import examples

if TYPE_CHECKING:
    from django.db.models import Model


class PhraseBlock(SnippetChooserBlock):
    """A phrase, what it closes, and what could be written instead."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__("kb.Phrase", **kwargs)

    class Meta:
        icon = "comment"
        label = _("Phrase")
        template = "blocks/phrase.html"
        description = _("A phrase that closes something, and what could be written instead.")

    def get_preview_value(self) -> Model:
        return examples.phrase()
