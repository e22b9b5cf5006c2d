"""No story is in Wagtail's admin: not listed, searched, chosen, reported, exported or asked for.

A draft's title may hold a name, and its author and own editor alone may know of it. They have
pages of their own, so the admin need not know stories at all. Wagtail reads its rows through the
managers of a few models; during a request to the admin those leave the stories' rows out. What is
asked with `StoryPage.objects` (previews, signals, jobs) is as always: `stories` decides there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, Revision, TaskState, WorkflowState

from stories.models import StoryPage

if TYPE_CHECKING:
    from django.db.models import Manager, Model, QuerySet

# Each model, and where its rows say that they are about a story.
ABOUT: dict[type[Model], str] = {
    Page: "content_type",
    PageLogEntry: "content_type",
    Revision: "content_type",
    WorkflowState: "content_type",
    TaskState: "workflow_state__content_type",
    Redirect: "redirect_page__content_type",
}
_in_admin: ContextVar[bool] = ContextVar("stories_in_editors_admin", default=False)


@contextmanager
def editors_admin() -> Iterator[None]:
    """Leave stories out of what Wagtail reads, for the duration of the block."""
    token = _in_admin.set(True)
    try:
        yield
    finally:
        _in_admin.reset(token)


class WithoutStories:
    """Mixed into a manager of Wagtail's: in the admin its rows are those of no story."""

    model: type[Model]

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset()  # type: ignore[misc]
        about = ABOUT.get(self.model)  # kinds of pages inherit the manager, and stay what they are
        if about is None or not _in_admin.get():
            return rows
        return rows.exclude(**{about: ContentType.objects.get_for_model(StoryPage)})


def hide_stories() -> None:
    """Let the managers of those models leave stories out; once, when the site starts.

    The declared ones too: Django copies them again when another app adds a relation.
    """
    for model in ABOUT:
        declared = (base._meta.local_managers for base in model.mro() if hasattr(base, "_meta"))
        for manager in chain(model._meta.managers, *declared):
            manager.__class__ = _hiding(type(manager))


def _hiding(manager: type[Manager[Any]]) -> type[Manager[Any]]:
    if issubclass(manager, WithoutStories):
        return manager
    return type(manager.__name__, (WithoutStories, manager), {"__module__": manager.__module__})
