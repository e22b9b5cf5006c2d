"""Making the draft: a page that nobody sees until an editor publishes it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from document_import.drafts import Draft, Target, draft_of
from document_import.models import DocumentImport
from document_import.paragraphs import from_json
from privacy import audit

from .pages import MAKERS, parent_of
from .reading import require_may_import, require_not_drafted

if TYPE_CHECKING:
    from wagtail.models import Page

    from people.models import Employee

PARAGRAPH = ("number", "text", "style", "level", "links", "starts_group")


def draft_from(document: DocumentImport) -> Draft:
    """The draft of a document that was read in, from its kept paragraphs."""
    paragraphs = from_json(list(document.paragraphs.values(*PARAGRAPH)))
    return draft_of(paragraphs, Target(document.target), name=document.file_name)


@transaction.atomic
def make_draft(
    *,
    actor: Employee,
    document: DocumentImport,
    title: str = "",
    day: date | None = None,
) -> Page:
    """Make the page, with the people and sources the document names. Returns the draft.

    `day`: of an event whose day the document does not say whole. Raises PermissionDenied, or
    ValidationError where something is missing; nothing is made then.
    """
    require_may_import(actor)
    locked = DocumentImport.objects.select_for_update().get(pk=document.pk)
    if locked.is_drafted:
        raise ValidationError(_("The draft of this document is made already."), code="drafted")
    target = Target(locked.target)
    require_not_drafted(locked.digest, target)
    draft = draft_from(locked)
    draft.title = title.strip() or draft.title
    if day is not None:
        draft.date = day.isoformat()
    _require_day(draft)
    parent = parent_of(target)
    page = MAKERS[target](actor, draft)
    page.live = False
    page.owner = actor
    parent.add_child(instance=page)
    page.save_revision(user=actor)
    locked.page, locked.title, locked.drafted_at = page, draft.title[:200], timezone.now()
    locked.save()
    audit.record(
        actor=actor,
        action="document.draft",
        target=locked,
        page=page.pk,
        people=len(draft.authors) + len(draft.contacts),
        sources=len(draft.sources),
    )
    return page


def _require_day(draft: Draft) -> None:
    if draft.target is not Target.EVENT or draft.date:
        return
    if draft.date_words:
        said = _("The document says “%(words)s” and no year. Write the day of the event.")
    else:
        said = _("The document does not say when the event is. Write its day.")
    raise ValidationError({"day": said % {"words": draft.date_words}})
