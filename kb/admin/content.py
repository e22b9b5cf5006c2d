"""The one list, form and chooser of every kind of content (kb.models.approved)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kb.models.approved import ContentQuerySet


class OnlyShown:
    """Of a chooser: what readers cannot see is not offered to be put on their pages."""

    def get_object_list(self) -> ContentQuerySet:
        shown: ContentQuerySet = super().get_object_list().shown()  # type: ignore[misc]
        return shown


class ShownChooseView(OnlyShown, ChooseView):
    """The chooser as it opens."""


class ShownChooseResultsView(OnlyShown, ChooseResultsView):
    """Its list after a search."""


class ContentChooserViewSet(SnippetChooserViewSet):
    """Offers what is published; what is chosen already stays."""

    choose_view_class = ShownChooseView
    choose_results_view_class = ShownChooseResultsView


class ContentViewSet(SnippetViewSet):
    """A list that says of each row whether readers see it."""

    chooser_viewset_class = ContentChooserViewSet

    def get_queryset(self, request: HttpRequest) -> ContentQuerySet:
        rows: ContentQuerySet = self.model.objects.with_status()
        return rows

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_index_view_kwargs(**kwargs)
        return {**found, "list_display": [*found["list_display"], LiveStatusTagColumn()]}
