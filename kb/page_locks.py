"""A place where the apps above kb say that a page must stay where it is, as it is.

register_page_lock(lock): lock(page) answers why nobody takes the page away, or None.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.models import Page, PagePermissionTester

Lock = Callable[[Page], str | None]
_locks: list[Lock] = []


def register_page_lock(lock: Lock) -> Lock:
    """Register what holds pages; asked whenever somebody would take one away."""
    if lock not in _locks:
        _locks.append(lock)
    return lock


def lock_reason(page: Page) -> str:
    """Why the page is neither deleted, unpublished, moved nor copied; empty where it may be."""
    reasons = (lock(page) for lock in _locks)
    return next((reason for reason in reasons if reason), "")


class PageDeletionGuard(PagePermissionTester):
    """What Wagtail's admin may do with a page of ours: a kept one stays, whoever asks.

    Who sees a page is said by its own switch (`BasePage.is_open`), never by Wagtail's privacy.
    """

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return bool(super().can_delete(ignore_bulk)) and not lock_reason(self.page)

    def can_unpublish(self) -> bool:
        return bool(super().can_unpublish()) and not lock_reason(self.page)

    def can_move(self) -> bool:
        return bool(super().can_move()) and not lock_reason(self.page)

    def can_move_to(self, destination: Page) -> bool:
        return bool(super().can_move_to(destination)) and not lock_reason(self.page)

    def can_copy(self) -> bool:
        return bool(super().can_copy()) and not lock_reason(self.page)

    def can_set_view_restrictions(self, *args: Any) -> bool:
        return False
