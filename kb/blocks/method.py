"""The block that shows a method in a page's body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock

from . import examples

if TYPE_CHECKING:
    from django.db.models import Model


class MethodBlock(SnippetChooserBlock):
    """A method: what it is for, when, when not, steps. Named by a string: it lives above kb."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__("learning.Method", **kwargs)

    class Meta:
        icon = "tasks"
        label = _("Method")
        template = "blocks/method.html"
        description = _("A way of talking a case through: what it is for, when, and when not.")

    def get_preview_value(self) -> Model:
        return examples.method()
