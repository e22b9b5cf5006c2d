"""The text of uploaded files, so that search finds them, and why it could not be read."""

from __future__ import annotations

from django.contrib.admin import display
from django.db import models
from django.utils.translation import gettext_lazy as _


class Unread(models.TextChoices):
    """Why a file's text is not in the index, shown to its editor."""

    TYPE = (
        "type",
        _("Only pdf, plain text and files of Word, Excel, PowerPoint and LibreOffice are read."),
    )
    OLD = "old", _("It is of an old kind (doc, xls, ppt, rtf). Save it as docx, xlsx or pptx.")
    SIZE = "size", _("The file is larger than 20 MB.")
    LIMIT = "limit", _("Reading it took too long.")
    LOCKED = "locked", _("A password locks it.")
    BROKEN = "broken", _("It is damaged.")
    EMPTY = "empty", _("There is no text in it. Is it a scanned picture?")
    CPR = "cpr", _("It holds a CPR number. Remove the file, and upload it without.")
    GONE = "gone", _("The file itself is missing.")


class FileText(models.Model):
    """What was read from one file. `digest` tells whether the file has changed since."""

    document = models.OneToOneField(
        "wagtaildocs.Document",
        verbose_name=_("file"),
        on_delete=models.CASCADE,
        related_name="file_text",
    )
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    text = models.TextField(_("text"), blank=True, editable=False)
    unread = models.CharField(
        _("why it is not read"), max_length=8, choices=Unread.choices, blank=True
    )
    read_at = models.DateTimeField(_("read"), auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file in search")
        verbose_name_plural = _("files in search")
        ordering = ["-unread", "document__title"]

    def __str__(self) -> str:
        return str(self.document)

    @property
    @display(description=_("file"))
    def title(self) -> str:
        return str(self.document)

    @property
    @display(description=_("state"))
    def state(self) -> str:
        """In words, for the list of editors."""
        return self.get_unread_display() if self.unread else str(_("Can be found."))
