"""Files that editors put in: read before they are stored (docs/security.md R23)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

from privacy.anonymity import contains_cpr
from privacy.extraction import UnreadableFile, extract

WHY = {
    "type": _("Choose a pdf, a Word file (docx) or a plain text."),
    "size": _("The file is larger than 20 MB."),
    "limit": _("The file takes too long to read, so it cannot be checked."),
    "locked": _("The file is locked by a password, so it cannot be checked."),
    "broken": _("The file cannot be read, so it cannot be checked."),
}


class CheckedDocumentForm(BaseDocumentForm):
    """Refuses a CPR number in the text, in the name and in what the file says about itself.

    Names may stand: a publication has authors. What cannot be read is not stored.
    """

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        try:
            found = extract(file.read())
        except UnreadableFile as error:
            raise ValidationError(WHY[error.why], code=error.why) from error
        finally:
            file.seek(0)
        if not found.complete:
            raise ValidationError(WHY["limit"], code="limit")
        if contains_cpr("\n".join((file.name, found.about, found.text))):
            raise ValidationError(
                _("There is something like a CPR number in the file. Remove it first."), code="cpr"
            )
        return file
