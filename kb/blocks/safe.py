"""Stream fields that refuse a CPR number, as every free text does (SEC-28)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from wagtail.blocks import StreamBlock, StreamBlockValidationError, StreamValue

from privacy.fields import refuse_cpr


class SafeStreamBlock(StreamBlock):
    """A stream whose words are checked together, so that no number hides across two blocks."""

    def clean(self, value: StreamValue) -> StreamValue:
        cleaned = super().clean(value)
        try:
            refuse_cpr("\n".join(str(text) for text in self.get_searchable_content(cleaned)))
        except ValidationError as error:
            raise StreamBlockValidationError(non_block_errors=ErrorList([error])) from error
        return cleaned
