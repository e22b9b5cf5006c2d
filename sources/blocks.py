"""What an editor puts behind a text: where it stands, or that the example is the writer's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StaticBlock, StructBlock, TextBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from sources.notes import notes_in

if TYPE_CHECKING:
    from wagtail.rich_text import RichText


class NotedTextBlock(RichTextBlock):
    """Running text whose footnotes are searched, and searched for CPR numbers, with it."""

    def get_searchable_content(self, value: RichText) -> list[str]:
        words: list[str] = super().get_searchable_content(value)
        notes = (part for note in notes_in(value.source) for part in (note.place, note.quote))
        return [*words, *filter(None, notes)]


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
        description = _("Says where the text above it is from; readers see number and source.")
        preview_template = "sources/blocks/note_preview.html"


class OwnExampleBlock(StaticBlock):
    """Says that the numbers of the text before it are made up to explain something."""

    class Meta:
        icon = "edit"
        label = _("The example above is our own")
        description = _("For numbers made up to explain something: readers see that they are.")
        preview_template = "sources/blocks/own_example_preview.html"
        admin_text = _("Readers see that the numbers above are the writer’s own example.")
