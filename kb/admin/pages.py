"""The form of every page, with our own mail about comments (kb/domain/approvals.py)."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from kb.domain.approvals import tell_commenters

TELLING = ("new_comments", "deleted_comments", "resolved_comments", "new_replies")


class EditPageView(EditView):
    """Wagtail's form for a page; our own rules decide who is told of a comment."""

    def send_commenting_notifications(self, changes: dict[str, Any]) -> None:
        if not any(changes[name] for name in TELLING):
            return
        threads = [comment.pk for comment in changes["resolved_comments"]]
        threads += [comment.pk for comment, _replies in changes["new_replies"]]
        tell_commenters(page=self.page, threads=threads, by=self.request.user)


class EditorsPageViewSet(PageViewSet):
    """Makes Wagtail use `EditPageView` for every kind of page."""

    edit_view_class = EditPageView
