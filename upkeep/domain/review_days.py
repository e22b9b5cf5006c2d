"""When pages are read again: one day for one page or for many, audited page by page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy import audit
from upkeep.models import PageReviewDay

if TYPE_CHECKING:
    from wagtail.models import Page

    from people.models import Employee


def may_set_review_day(actor: Employee, page: Page) -> bool:
    """Whether somebody says when the page is read again: who may change it."""
    return bool(page.specific_deferred.permissions_for_user(actor).can_edit())


@transaction.atomic
def set_review_day(*, actor: Employee, pages: Iterable[Page], due_on: date) -> int:
    """Set one day for all of the pages; returns how many there are.

    All or none: PermissionDenied where the actor may not change one of them. ValidationError for a
    day that is past.
    """
    if due_on < timezone.localdate():
        raise ValidationError({"due_on": _("Choose today or a day that lies ahead.")})
    pages = list(pages)
    if not all(may_set_review_day(actor, page) for page in pages):
        raise PermissionDenied("Only who may change a page says when it is read again.")
    for page in pages:
        PageReviewDay.objects.update_or_create(
            page=page, defaults={"due_on": due_on, "set_by": actor}
        )
        audit.record(
            actor=actor, action="page.set_review_day", target=page, due_on=due_on.isoformat()
        )
    return len(pages)
