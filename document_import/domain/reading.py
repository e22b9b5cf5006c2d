"""Reading a document in: every paragraph with its fate, nothing made yet."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from document_import.drafts import Target, draft_of
from document_import.models import DocumentImport, ImportedParagraph
from document_import.paragraphs import to_json
from document_import.reading import UnreadableDocument, read_document
from kb.domain.permissions import may_add_pages
from privacy import audit
from privacy.anonymity import contains_cpr

if TYPE_CHECKING:
    from document_import.drafts import Draft
    from document_import.paragraphs import Paragraph
    from people.models import Employee

KEPT = timedelta(days=7)
WHY = {
    "type": _("Choose a txt, md, html, docx, odt or pdf."),
    "macros": _(
        "The document holds macros, which are not opened here. Open it, choose “Save as”, and save "
        "it as docx or odt without them."
    ),
    "size": _("The file is larger than 20 MB. Leave out its pictures, or divide it in two."),
    "long": _(
        "The document is longer than a page can be (2,000 paragraphs, or 200 pages of pdf). "
        "Take out the part that is to be moved in, and read that in."
    ),
    "empty": _("There is no text in the document."),
    "pictures": _("The document holds pictures and no text. Have its text recognised (OCR) first."),
    "locked": _("The document is locked by a password. Save it without, and try again."),
    "limit": _("There is more in the document than can be read here. Divide it in two."),
    "busy": _("Other documents are being read right now. Try again in a minute."),
    "broken": _("The document cannot be read. Open it, save it anew, and try again."),
}


def require_may_import(employee: Employee) -> None:
    """Raise PermissionDenied for who may not."""
    if not may_add_pages(employee):
        raise PermissionDenied("Only who may make new pages reads documents in.")


def read_draft(data: bytes, *, file_name: str, target: Target) -> Draft:
    """Read a document and say what it would become; nothing is stored.

    Raises ValidationError with one sentence: what is wrong, and what to do.
    """
    try:
        paragraphs = read_document(data, file_name)
    except UnreadableDocument as error:
        raise ValidationError(WHY[error.why], code=error.why) from error
    _refuse_cpr(file_name, paragraphs)
    return draft_of(paragraphs, target, name=file_name)


def _refuse_cpr(file_name: str, paragraphs: list[Paragraph]) -> None:
    found = [
        paragraph.number
        for paragraph in paragraphs
        if contains_cpr(paragraph.text)
        or any(contains_cpr(link.address) for link in paragraph.links)
    ]
    if found:
        raise ValidationError(
            _("There is something like a CPR number in paragraph %(numbers)s. Remove it first."),
            code="cpr",
            params={"numbers": ", ".join(map(str, found[:10]))},
        )
    if contains_cpr(file_name):
        raise ValidationError(
            _("There is something like a CPR number in the name of the file."), code="cpr"
        )


@transaction.atomic
def read_in(*, actor: Employee, data: bytes, file_name: str, target: Target) -> DocumentImport:
    """Keep the paragraphs of a document with their fates, for the actor to look through.

    Raises PermissionDenied, or ValidationError where it cannot be read or is a draft already.
    """
    require_may_import(actor)
    digest = hashlib.sha256(data).hexdigest()
    require_not_drafted(digest, target)
    name = PurePath(file_name.replace("\\", "/")).name[:255]
    draft = read_draft(data, file_name=name, target=target)
    document = DocumentImport(
        file_name=name,
        digest=digest,
        target=target,
        title=draft.title,
        read_by=actor,
        read_at=timezone.now(),
    )
    document.full_clean(exclude=["page"])
    document.save()
    ImportedParagraph.objects.bulk_create(_rows(document, draft))
    audit.record(actor=actor, action="document.read", target=document, paragraphs=len(draft.fates))
    return document


def require_not_drafted(digest: str, target: Target) -> None:
    """Raise ValidationError where the same document was made into such a draft before."""
    before = DocumentImport.objects.filter(digest=digest, target=target, page__isnull=False)
    if earlier := before.select_related("page").first():
        raise ValidationError(
            _("This document is here already, as the page “%(title)s”."),
            code="drafted",
            params={"title": earlier.page.title if earlier.page else earlier.title},
        )


def _rows(document: DocumentImport, draft: Draft) -> list[ImportedParagraph]:
    rows = to_json([fate.paragraph for fate in draft.fates])
    return [
        ImportedParagraph(
            document_import=document,
            **row,
            outcome=fate.outcome,
            destination=fate.destination,
            reason=fate.reason,
        )
        for fate, row in zip(draft.fates, rows, strict=True)
    ]


@transaction.atomic
def discard(*, actor: Employee, document: DocumentImport) -> None:
    """Forget a document that was read and not made into a draft."""
    require_may_import(actor)
    if document.is_drafted:
        raise ValidationError(_("The draft is made. Delete the page instead."))
    audit.record(actor=actor, action="document.discard", target=document)
    document.delete()


@transaction.atomic
def discard_waiting() -> int:
    """Forget what nobody made into a draft within a week. Returns how many."""
    old = DocumentImport.objects.filter(drafted_at__isnull=True, read_at__lt=timezone.now() - KEPT)
    count = old.count()
    old.delete()
    if count:
        audit.record(actor=None, action="document.discard_waiting", count=count)
    return count
