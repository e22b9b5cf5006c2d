"""Stored words about citizens: all of them, and those that their owner is asked to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps

from privacy.anonymity.notes import is_refused
from sparring.models import Belief, Case, TextTask
from sparring.shared.case_texts import case_of, location_of, look_at, models_with_texts
from stories.presentation.marking import marked

if TYPE_CHECKING:
    from django.db import models
    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

    from people.models import Employee

CHUNK = 500


@dataclass(frozen=True)
class TaskRow:
    """A text to look at, as its owner's page shows it. case: None once it is out of reach."""

    task: TextTask
    what: str
    case: Case | None
    text: SafeString
    may_stand: bool


def stored_texts() -> Iterator[tuple[models.Model, str, str]]:
    """Every stored text about a citizen but corrected beliefs: the row, the field, the text."""
    for model, fields in models_with_texts():
        for row in _rows(model).iterator(chunk_size=CHUNK):
            for field in fields:
                text = getattr(row, field.name)
                if text:
                    yield row, field.name, text


def _rows(model: type[models.Model]) -> QuerySet[models.Model]:
    location = location_of(model)
    paths = {path.replace(".", "__") for path in (location.case, location.owner) if path}
    paths |= {f"{location.case.replace('.', '__')}__owner".removeprefix("__")}
    rows = model._default_manager.select_related(*paths).order_by("pk")
    return rows.filter(corrected_by__isnull=True) if model is Belief else rows


def tasks_of(employee: Employee) -> QuerySet[TextTask]:
    """What somebody is asked to look at; nobody else's."""
    return TextTask.objects.filter(employee=employee)


def row_of(task: TextTask) -> models.Model | None:
    """The row in which the text of a task stands, if it still does."""
    model = apps.get_model(task.model_label)
    return model._default_manager.filter(pk=task.object_id).first()


def shown_to(employee: Employee) -> list[TaskRow]:
    """The person's texts to look at, with what is found marked."""
    found = []
    for task in tasks_of(employee):
        row = row_of(task)
        if row is None:
            continue
        text = getattr(row, task.field)
        look = look_at(text)
        case = Case.objects.visible_to(employee).filter(pk=case_of(row).pk).first()
        label = str(getattr(row._meta.get_field(task.field), "verbose_name", ""))
        found.append(
            TaskRow(
                task=task,
                what=label[:1].upper() + label[1:],
                case=case,
                text=marked(text, look.found),
                may_stand=not any(is_refused(finding) for finding in look.found),
            )
        )
    return found
