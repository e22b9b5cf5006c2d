"""The registry of locks: apps above kb protect pages from deletion and moves.

register_page_lock(lock): lock(page) returns the reason for protecting the page, or None.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.models import Page, PagePermissionTester

Lock = Callable[[Page], str | None]
_locks: list[Lock] = []


def register_page_lock(lock: Lock) -> Lock:
    """Register a lock, which is called before a page is deleted, moved or unpublished."""
    if lock not in _locks:
        _locks.append(lock)
    return lock


def lock_reason(page: Page) -> str:
    """Why the page is neither deleted, unpublished, moved nor copied; empty where it may be."""
    reasons = (lock(page) for lock in _locks)
    return next((reason for reason in reasons if reason), "")


class PageDeletionGuard(PagePermissionTester):
    """Wagtail's permissions for our pages: a locked page stays, for every user.

    Visibility is the page's own field (`BasePage.is_open`), never Wagtail's privacy setting.
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
