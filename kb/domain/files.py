"""Reading an uploaded file for search: once per content, in a process with limits."""

from __future__ import annotations

import hashlib

from django.db import transaction
from wagtail.documents.models import Document

from kb.models import FileText
from kb.models.file_texts import Unread
from privacy import audit
from privacy.extraction import LARGEST, UnreadableFile, extract
from search.outbox import enqueue

LONGEST_TEXT = 200_000  # letters that are searched
TYPE = "file"
PATIENCE = 600  # seconds that the job waits for a place to read in
UNREAD = {
    **{str(why): why for why in Unread},
    "rtf": Unread.OLD,
    "busy": Unread.LIMIT,
}


def read_file(*, document_id: int) -> FileText | None:
    """Extract the file's text and store it; None if the file is gone or unchanged.

    The file is read outside the transaction, since that may take its time.
    """
    document = Document.objects.filter(pk=document_id).first()
    if document is None:
        return None
    try:
        with document.file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError:
        return _keep(document, "", "", Unread.GONE)
    digest = hashlib.sha256(data).hexdigest()
    if FileText.objects.filter(document=document, digest=digest).exists():
        return None
    try:
        found = extract(data, patience=PATIENCE)
    except UnreadableFile as error:
        return _keep(document, digest, "", UNREAD[error.why])
    if found.has_cpr:
        return _keep(document, digest, "", Unread.CPR)
    lines = (" ".join(line.split()) for line in found.text.splitlines())
    text = "\n".join(filter(None, lines))
    return _keep(document, digest, text[:LONGEST_TEXT], "" if text else Unread.EMPTY)


@transaction.atomic
def _keep(document: Document, digest: str, text: str, unread: str) -> FileText | None:
    if not Document.objects.select_for_update().filter(pk=document.pk).exists():
        return None  # deleted while it was read
    kept, _created = FileText.objects.update_or_create(
        document=document, defaults={"digest": digest, "text": text, "unread": unread}
    )
    audit.record(actor=None, action="file.read", target=document, unread=unread)
    enqueue(TYPE, document.pk)
    return kept
