"""Which pictures and files are for everybody: those that something open shows (SEC-06)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ReferenceIndex

from kb.models import BasePage, Person
from kb.models.base import open_to_all

if TYPE_CHECKING:
    from django.db.models import Model

Asked = Callable[["Model"], bool]
_uses: list[Asked] = []


def register_open_use(asked: Asked) -> None:
    """Say whether something that is no page, and is read without login now, shows a thing."""
    _uses.append(asked)


def is_shown_openly(thing: Model) -> bool:
    """Whether an open page, or something else that is open, shows the picture or file."""
    by_model: dict[type[Model] | None, set[tuple[str, str]]] = {}
    references = ReferenceIndex.get_references_to(thing)
    for type_id, key, path in references.values_list("content_type_id", "object_id", "model_path"):
        model = ContentType.objects.get_for_id(type_id).model_class()
        by_model.setdefault(model, set()).add((key, path.split(".")[0]))
    shown = any(_is_open(model, rows) for model, rows in by_model.items() if model is not None)
    return shown or any(asked(thing) for asked in _uses)


def _is_open(model: type[Any], rows: set[tuple[str, str]]) -> bool:
    if issubclass(model, BasePage):
        keys = {key for key, part in rows if part not in model.internal_parts}
        return open_to_all(model._default_manager.filter(pk__in=keys)).exists()
    if model is not Person:
        return False
    people = Person.objects.filter(pk__in={key for key, _part in rows})
    return any(is_shown_openly(person) for person in people)
