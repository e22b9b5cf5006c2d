"""The block that shows an evidence card in a page's body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock

from . import examples

if TYPE_CHECKING:
    from django.db.models import Model


class EvidenceBlock(SnippetChooserBlock):
    """An evidence card with its five questions; nothing while it is a draft."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__("kb.EvidenceCard", **kwargs)

    class Meta:
        icon = "clipboard-list"
        label = _("Evidence card")
        template = "blocks/evidence.html"
        description = _("How well something is studied, and whether the studies agree.")

    def get_preview_value(self) -> Model:
        return examples.evidence_card()
