"""The editor's button for a footnote in running text, and the ways into the store and out of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    KEEP_WHITESPACE,
    InlineEntityElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import EmbedHandler

from sources.models import Source
from sources.notes import EMBED_TYPE, number_of

if TYPE_CHECKING:
    from wagtail.rich_text.feature_registry import FeatureRegistry

FEATURE = "source-note"
ENTITY = "SOURCE_NOTE"


class SourceNoteHandler(EmbedHandler):
    """For readers: a place that `with_footnotes` gives its number, which only the page knows."""

    identifier = EMBED_TYPE

    @staticmethod
    def get_model() -> type[Source]:
        return Source

    @staticmethod
    def expand_db_attributes(attrs: dict[str, str]) -> str:
        return format_html('<sup class="source-mark" data-source="{}"></sup>', number_of(attrs))

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterable[tuple[Any, ...]]:
        """So that the source knows what cites it, and stays as long."""
        if number := number_of(attrs):
            yield Source, str(number), "", ""


class SourceNoteElementHandler(InlineEntityElementHandler):
    """From the store to the editor, where it is read as "[Rosholm 2017]"."""

    mutability = "IMMUTABLE"

    def __init__(self) -> None:
        super().__init__(ENTITY)

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        source = Source.objects.with_authors().filter(pk=number_of(attrs)).first()
        return {
            "id": number_of(attrs),
            "label": label_of(source),
            "place": attrs.get("place", ""),
            "quote": attrs.get("quote", ""),
        }

    def handle_starttag(self, name: str, attrs: Any, state: Any, contentstate: Any) -> None:
        super().handle_starttag(name, attrs, state, contentstate)
        key = state.current_block.entity_ranges[-1].key
        state.current_block.text += contentstate.entity_map[key].data["label"]
        state.leading_whitespace = KEEP_WHITESPACE


def label_of(source: Source | None) -> str:
    """As the editor shows it in the text."""
    return f"[{source.short}]" if source is not None else "[?]"


def note_element(props: dict[str, Any]) -> Any:
    """From the editor to the store; the words that the editor showed are left behind."""
    kept = {name: props.get(name) or "" for name in ("id", "place", "quote")}
    return DOM.create_element("embed", {"embedtype": EMBED_TYPE, **kept})


def register(features: FeatureRegistry) -> None:
    """Make the button known; the settings say which editors have it."""
    features.register_embed_type(SourceNoteHandler)
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "openquote",
                "description": _("Footnote with a source"),
                "chooserUrls": {"sourceNote": reverse_lazy("source_note_chooser:choose")},
            },
            js=["wagtailadmin/js/chooser-modal.js", "sources/source_note.js"],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {
                f'embed[embedtype="{EMBED_TYPE}"]': SourceNoteElementHandler()
            },
            "to_database_format": {"entity_decorators": {ENTITY: note_element}},
        },
    )
