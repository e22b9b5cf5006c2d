"""The forms of every page: a new one saved once, and our own mail about comments."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from kb.domain.approvals import tell_commenters

TELLING = ("new_comments", "deleted_comments", "resolved_comments", "new_replies")


class AddPageView(CreateView):
    """Wagtail's form for a new page, which is made once: when somebody presses a button.

    Left alone it also saves by itself. Who publishes before that is answered would make the page
    twice, and the second is an error of the server, since its address is taken.
    """

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "autosave_enabled": False}


class EditPageView(EditView):
    """Wagtail's form for a page; our own rules decide who is told of a comment."""

    def send_commenting_notifications(self, changes: dict[str, Any]) -> None:
        if not any(changes[name] for name in TELLING):
            return
        threads = [comment.pk for comment in changes["resolved_comments"]]
        threads += [comment.pk for comment, _replies in changes["new_replies"]]
        tell_commenters(page=self.page, threads=threads, by=self.request.user)


class EditorsPageViewSet(PageViewSet):
    """Makes Wagtail use our forms for every kind of page."""

    add_view_class = AddPageView
    edit_view_class = EditPageView
