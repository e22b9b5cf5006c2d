"""One rule of approval for every kind of content: what each kind can, and what may stay without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Page,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
    get_page_models,
)
from wagtail.snippets.models import get_snippet_models

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model

# What can be done with a kind, and the part of Wagtail's that it needs.
ABLE: Mapping[str, type] = {
    "draft": DraftStateMixin,
    "preview": PreviewableMixin,
    "schedule": DraftStateMixin,
    "history": RevisionMixin,
    "compare": RevisionMixin,
    "unpublish": DraftStateMixin,
    "lock": LockableMixin,
    "approval": WorkflowMixin,
}
# Kinds that stay without, and why (docs/decisions/0037). Nothing else may.
WITHOUT: Mapping[str, str] = {
    "stories.storypage": "has four eyes and states of its own, by constraint (0015, 0021)",
    "kb.filetext": "written by the machine; there is nothing to edit",
    "kb.lawword": "a word and a day; it is retired by its day, and no page shows it",
    "kb.person": "name and contact, shown on pages that are approved; a number must change at once",
    "learning.moduleevent": "says which event counts for which module; it has no text",
    "learning.onboardingitem": "a line that points to a programme; it has no text",
    "search.promotion": "works by its own two days, and shows nothing that is not public already",
    "search.synonym": "teaches search; no page shows it",
    "search.word": "teaches search; no page shows it",
    "sources.source": "what a footnote points at: withdrawing it would empty published footnotes",
}


def kinds() -> list[type[Model]]:
    """Every kind of page and every list of the editors', by their labels."""
    models = {*get_page_models(), *get_snippet_models()}
    return sorted(models - {Page}, key=lambda model: model._meta.label_lower)


def able(model: type[Model]) -> set[str]:
    """What can be done with rows of the kind."""
    return {name for name, part in ABLE.items() if issubclass(model, part)}


def lacking() -> dict[str, set[str]]:
    """Kinds that lack something and have no reason to."""
    found = {model._meta.label_lower: set(ABLE) - able(model) for model in kinds()}
    return {label: absent for label, absent in found.items() if absent and label not in WITHOUT}
