"""Pictures that editors put into the library: measured before they are unpacked."""

from __future__ import annotations

import io
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from kb.pictures import MEGAPIXELS, NotAPicture, TooManyPoints, measure

FORMATS = ("GIF", "JPEG", "PNG", "WEBP")


class MeasuredImageField(WagtailImageField):
    """Wagtail measures a picture by unpacking all of it; here its first bytes come first."""

    def to_python(self, data: Any) -> Any:
        if data not in self.empty_values:
            try:
                measure(_opened(data), FORMATS)
            except TooManyPoints as error:
                raise ValidationError(
                    _("The picture has more than %(most)d megapixels. Make it smaller first."),
                    code="file_too_many_pixels",
                    params={"most": MEGAPIXELS},
                ) from error
            except NotAPicture as error:
                raise ValidationError(
                    self.error_messages["invalid_image"], code="invalid_image"
                ) from error
        return super().to_python(data)


def _opened(data: Any) -> Any:
    return data if hasattr(data, "read") else io.BytesIO(data["content"])


class MeasuredImageForm(BaseImageForm):
    """Wagtail's form with that field, and its limit said beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            old = self.fields["file"]
            self.fields["file"] = field = MeasuredImageField(
                label=old.label, required=old.required, widget=old.widget, initial=old.initial
            )
            field.help_text = _(
                "JPEG, PNG, WebP or GIF, at most %(size)s and %(most)d megapixels."
            ) % {"size": field.max_upload_size_text, "most": MEGAPIXELS}
