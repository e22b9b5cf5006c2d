"""Files that editors put in: read before they are stored (SEC-29)."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

from privacy.anonymity import contains_cpr
from privacy.extraction import Extracted, UnreadableFile, extract

# Their names are let through to here, so that the answer says how to save them.
OLD_KINDS = ("doc", "xls", "ppt", "rtf")
# How recordings begin; nothing in them is text, so their words stand in the publication.
RECORDINGS = {
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    "ogg": (b"OggS",),
    "webm": (b"\x1a\x45\xdf\xa3",),
    "m4a": (b"ftyp",),
    "mp4": (b"ftyp",),
}
BEGINS_AT = {"m4a": 4, "mp4": 4}
WHY = {
    "type": _(
        "Choose a pdf, a file of Word, Excel, PowerPoint or LibreOffice (docx, xlsx, pptx, odt, "
        "ods, odp) or a plain text (txt)."
    ),
    "old": _(
        "Files of the old kinds doc, xls and ppt cannot be checked. Open the file, choose "
        "“Save as”, and save it as docx, xlsx or pptx."
    ),
    "rtf": _(
        "Files of the kind rtf cannot be checked. Open the file, choose “Save as”, and save it as "
        "docx."
    ),
    "recording": _("The file is not the kind of recording that its name says."),
    "captions": _("The file does not begin with WEBVTT, as captions of a video do."),
    "size": _("The file is larger than 20 MB. Make it smaller, or divide it in two."),
    "limit": _("There is more in the file than can be checked. Divide it into smaller files."),
    "busy": _("Other files are being checked right now. Try again in a minute."),
    "locked": _("The file is locked by a password, so it cannot be checked. Save it without."),
    "broken": _("The file cannot be read, so it cannot be checked. Open it, and save it anew."),
    "pictures": _(
        "The file holds pictures and no text, so it cannot be checked. Have its text recognised "
        "(OCR) first."
    ),
    "cpr": _(
        "There is something like a CPR number in the file, perhaps in a note, a hidden part or "
        "its properties. Remove it first."
    ),
}


class CheckedDocumentForm(BaseDocumentForm):
    """Refuses a CPR number anywhere in the file and in its name.

    Names may stand: a publication has authors. What cannot be read is not stored.
    """

    def full_clean(self) -> None:
        """Say one thing about a file: the model, left without one, misses its ending as well."""
        super().full_clean()
        if "file" in self.errors:
            del self.errors["file"][1:]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        suffix = PurePath(file.name).suffix.lower().removeprefix(".")
        if suffix in OLD_KINDS:
            raise _refusal("rtf" if suffix == "rtf" else "old")
        if suffix in RECORDINGS:
            return _checked_recording(file, suffix)
        content = file.read()
        file.seek(0)
        if suffix == "vtt" and not content.removeprefix(BOM_UTF8).startswith(b"WEBVTT"):
            raise _refusal("captions")
        check_content(content, file.name)
        return file


def check_content(content: bytes, name: str) -> None:
    """Raise ValidationError unless every part of a file was read and holds no CPR number."""
    try:
        found = extract(content)
    except UnreadableFile as error:
        raise _refusal(error.why) from error
    if found.has_cpr or contains_cpr(name):
        raise _refusal("cpr")
    _require_read(found)


def _checked_recording(file: Any, suffix: str) -> Any:
    """A podcast or video; it is told by its first bytes, never by its name alone."""
    file.seek(BEGINS_AT.get(suffix, 0))
    first = file.read(4)
    file.seek(0)
    if not first.startswith(RECORDINGS[suffix]):
        raise _refusal("recording")
    if contains_cpr(file.name):
        raise _refusal("cpr")
    return file


def _require_read(found: Extracted) -> None:
    """Raise ValidationError where a part was not read, and say how to help."""
    if not found.complete:
        raise _refusal("limit")
    if found.closed:
        tell = _(
            "The part “%s” of the file cannot be checked. Take it out, or save the file as pdf."
        )
        raise ValidationError(tell % found.closed, code="closed")
    if found.pictures == "*":
        raise _refusal("pictures")
    if found.pictures:
        tell = _(
            "These pages are pictures without text, so they cannot be checked: %s. Have their text "
            "recognised (OCR), or take them out."
        )
        raise ValidationError(tell % found.pictures, code="pictures")


def _refusal(why: str) -> ValidationError:
    return ValidationError(WHY[why], code=why)
