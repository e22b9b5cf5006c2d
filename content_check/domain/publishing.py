"""Publishing a page asks once about numbers that nothing stands behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from privacy import audit
from sources.models import AskedAbout
from sources.number_check import digest_of, unsourced_numbers

if TYPE_CHECKING:
    from wagtail.models import Page

    from sources.numbers import Unsourced


@transaction.atomic
def question_before_publishing(*, actor: Any, page: Page) -> list[Unsourced]:
    """The numbers to ask about; none where there are none, or where these were asked about.

    Who publishes after having been asked does so knowingly, and it is written down.
    """
    found = unsourced_numbers(page)
    if not found:
        return []
    _asked, is_new = AskedAbout.objects.get_or_create(page_id=page.pk, digest=digest_of(found))
    if is_new:
        return found
    audit.record(actor=actor, action="page.publish_without_source", target=page, numbers=len(found))
    return []


@transaction.atomic
def hold_back(*, page: Page) -> None:
    """Make a new page the draft that it still is: Wagtail's form makes it live before it asks."""
    page.live, page.has_unpublished_changes = False, True
    page.save(clean=False)
