"""Wagtail's admin may do nothing with a story, for every user."""

from __future__ import annotations

from typing import Any

from wagtail.models import PagePermissionTester


class NobodyInTheAdmin(PagePermissionTester):
    """Answers no to everything that would change, publish, copy, move or remove a story."""

    def _no(self, *args: Any, **kwargs: Any) -> bool:
        return False

    can_add_subpage = _no
    can_edit = _no
    can_delete = _no
    can_unpublish = _no
    can_publish = _no
    can_submit_for_moderation = _no
    can_set_view_restrictions = _no
    can_unschedule = _no
    can_lock = _no
    can_unlock = _no
    can_publish_subpage = _no
    can_reorder_children = _no
    can_move = _no
    can_move_to = _no
    can_copy = _no
    can_copy_to = _no
    can_view_revisions = _no
