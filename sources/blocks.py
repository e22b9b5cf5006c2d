"""What an editor puts behind a text: where it stands, or that the example is the writer's own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StaticBlock, StructBlock, TextBlock
from wagtail.snippets.blocks import SnippetChooserBlock


class SourceNoteBlock(StructBlock):
    """A footnote of the text before it: the source, the sentence that carries it, and its page."""

    source = SnippetChooserBlock("sources.Source", label=_("Source"))
    quote = TextBlock(
        label=_("The sentence that carries it"),
        required=False,
        help_text=_("Word for word, so that others can check it."),
    )
    place = CharBlock(
        label=_("Page or section"),
        required=False,
        max_length=60,
        help_text=_("For example: p. 14"),
    )

    class Meta:
        icon = "openquote"
        label = _("Source of the text above")


class OwnExampleBlock(StaticBlock):
    """Says that the numbers of the text before it are made up to explain something."""

    class Meta:
        icon = "edit"
        label = _("The example above is our own")
        admin_text = _("Readers see that the numbers above are the writer’s own example.")
