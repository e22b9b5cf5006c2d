"""Publishing asks once about what the rules found: pages, entries of lists, and approvals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from content_check.checking import check
from content_check.models import AskedAbout
from privacy import audit

if TYPE_CHECKING:
    from django.db.models import Model
    from wagtail.models import Page

    from content_check.checking import Group


@transaction.atomic
def question_before_publishing(*, actor: Any, thing: Model) -> tuple[Group, ...]:
    """What to ask about; nothing where nothing was found, or where this was asked about.

    Who publishes after having been asked does so knowingly, and it is written down: how many
    findings of which rules, none of their words.
    """
    result = check(thing)
    if not result.asked:
        return ()
    _asked, is_new = AskedAbout.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(thing),
        object_id=str(thing.pk),
        digest=result.digest,
    )
    if is_new:
        return result.asked
    numbers: dict[str, Any] = {group.rule.code: len(group.findings) for group in result.asked}
    audit.record(actor=actor, action="content.publish_although_asked", target=thing, **numbers)
    return ()


@transaction.atomic
def hold_back(*, page: Page) -> None:
    """Make a new page the draft that it still is: Wagtail's form makes it live before it asks."""
    page.live, page.has_unpublished_changes = False, True
    page.save(clean=False)
