"""Which files of the library are a video, and which are its captions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from wagtail.documents.models import Document

VIDEOS = ("mp4", "webm")
CAPTIONS = ("vtt",)


def check_video(video: Document | None, captions: Document | None) -> None:
    """Raise ValidationError at the field whose file is of another kind."""
    wrong = {}
    if video is not None and video.file_extension not in VIDEOS:
        wrong["video"] = _("Choose a video of the kind mp4 or webm.")
    if captions is not None and captions.file_extension not in CAPTIONS:
        wrong["captions"] = _("Choose a file of captions of the kind vtt.")
    if wrong:
        raise ValidationError(wrong)
