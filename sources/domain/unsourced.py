"""Keeps in step which published pages have numbers without a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.models import Page

from sources.models import UnsourcedPage
from sources.number_check import unsourced_numbers

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

MOST = 9999


@transaction.atomic
def note(*, page: Page) -> int:
    """Write down how many there are on a page; nothing for a page without, or unpublished."""
    numbers = len(unsourced_numbers(page)) if page.live else 0
    if numbers:
        UnsourcedPage.objects.update_or_create(
            page_id=page.pk, defaults={"numbers": min(numbers, MOST)}
        )
    else:
        UnsourcedPage.objects.filter(page_id=page.pk).delete()
    return numbers


def note_all() -> int:
    """Look at every page again: what counts as a source may have changed. Return how many have."""
    pages = Page.objects.filter(depth__gt=1).order_by("pk").specific()
    return sum(note(page=page) > 0 for page in pages.iterator(chunk_size=200))


def unsourced_pages() -> PageQuerySet:
    """The published pages that have some, by title."""
    found: PageQuerySet = Page.objects.live().filter(unsourced__isnull=False)
    ordered: PageQuerySet = found.order_by("title", "pk")
    return ordered
