"""The block that shows a method in a page's body."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock


class MethodBlock(SnippetChooserBlock):
    """A method: what it is for, when, when not, steps. Named by a string: it lives above kb."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__("learning.Method", **kwargs)

    class Meta:
        icon = "tasks"
        label = _("Method")
        template = "blocks/method.html"
