"""Blocks with files of our own: a picture, a table, a file to take along, a recording to play.

Nothing is fetched from elsewhere: a reader's browser asks this site alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    IntegerBlock,
    StructBlock,
    StructBlockValidationError,
    TextBlock,
)
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from kb.pictures import mark_first

SOUND, FILM = ("mp3", "m4a", "ogg"), ("mp4", "webm")


class PictureBlock(StructBlock):
    """A picture of the library; its words and its licence come with it."""

    image = ImageChooserBlock(label=_("Picture"))
    caption = CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/picture.html"
        preview_template = "blocks/previews/picture.html"
        description = _("A picture of the library, with who made it.")

    def clean(self, value: Mapping[str, Any]) -> Any:
        cleaned = super().clean(value)
        if not cleaned["image"].has_focal_point():
            sentence = mark_first(cleaned["image"].title)
            raise StructBlockValidationError({"image": ValidationError(sentence)})
        return cleaned

    def get_searchable_content(self, value: Mapping[str, Any]) -> list[str]:
        image = value["image"]
        return [value["caption"], image.description if image else ""]


class TableBlock(TypedTableBlock):
    """Words and numbers in rows; its caption says what it shows."""

    text = CharBlock(label=_("Words"), required=False)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"
        preview_template = "blocks/previews/table.html"
        description = _("Rows and columns with a caption. A key figure says more than a cell.")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned.row_data and not cleaned.caption.strip():
            raise ValidationError(_("Write in the caption what the table shows."))
        return cleaned


class FileBlock(StructBlock):
    """A file to take along."""

    document = DocumentChooserBlock(label=_("File"))
    words = CharBlock(label=_("What it is"), required=False)

    class Meta:
        icon = "download"
        label = _("File to take along")
        template = "blocks/file.html"
        preview_template = "blocks/previews/file.html"
        description = _("A file of the library, with its kind and size.")


class RecordingBlock(StructBlock):
    """A recording of our own, with its length and its words."""

    document = DocumentChooserBlock(label=_("Recording"))
    title = CharBlock(label=_("Title"))
    minutes = IntegerBlock(label=_("Length in minutes"), min_value=1)
    transcript = TextBlock(label=_("The recording in words"))

    class Meta:
        icon = "media"
        label = _("Recording")
        template = "blocks/recording.html"
        preview_template = "blocks/previews/recording.html"
        description = _("Sound or film from a file of the library, played here.")

    def clean(self, value: Mapping[str, Any]) -> Any:
        cleaned = super().clean(value)
        if cleaned["document"].file_extension.lower() not in (*SOUND, *FILM):
            sentence = _("Choose a recording: %(kinds)s.") % {"kinds": ", ".join((*SOUND, *FILM))}
            raise StructBlockValidationError({"document": ValidationError(sentence)})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        document = value["document"]
        return {**context, "is_film": document and document.file_extension.lower() in FILM}
