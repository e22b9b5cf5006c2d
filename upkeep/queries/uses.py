"""Where something of the editors' is used: in fields, in lists of many, and inside texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page, ReferenceIndex

from kb.knowledge_apps import KNOWLEDGE_APPS
from kb.models import Person
from kb.models.approved import ApprovedContent
from sources.models import Source


@dataclass(frozen=True)
class Uses:
    """What editors share, by name; what is of others (cases, stories, certificates) as counts."""

    named: list[str]
    counted: list[str]
    count: int


def uses_of(item: models.Model) -> Uses:
    """Everything that leads to it, itself left out."""
    found = (user for user, _references in ReferenceIndex.get_grouped_references_to(item))
    users = [user.specific if isinstance(user, Page) else user for user in found]
    rows = {_key(row): row for row in (*users, *_rows_that_lead_to(item)) if row != item}
    named = sorted(str(row) for row in rows.values() if _is_shared(row))
    kinds = Counter(type(row) for row in rows.values() if not _is_shared(row))
    counted = sorted(_counted(kind, count) for kind, count in kinds.items())
    return Uses(named, counted, len(rows))


def _is_shared(row: models.Model) -> bool:
    """Whether every editor may know its name."""
    if isinstance(row, Page):
        return row._meta.app_label in KNOWLEDGE_APPS
    return isinstance(row, ApprovedContent | Person | Source)


def _counted(kind: type[models.Model], count: int) -> str:
    meta = kind._meta
    return f"{count} {meta.verbose_name if count == 1 else meta.verbose_name_plural}"


def _key(row: models.Model) -> tuple[int, str]:
    return ContentType.objects.get_for_model(row).pk, str(row.pk)


def _rows_that_lead_to(item: models.Model) -> Iterator[models.Model]:
    """Through relations that the index does not follow: of many, and of what keeps out of it."""
    for relation in item._meta.get_fields(include_hidden=True):
        model: Any = relation.related_model
        if isinstance(relation, models.ManyToManyRel) or (
            isinstance(relation, models.ManyToOneRel)
            and not _is_a_part(relation)
            and model not in ReferenceIndex.tracked_models
        ):
            yield from model._base_manager.filter(**{relation.field.name: item})


def _is_a_part(relation: models.ManyToOneRel) -> bool:
    """Whether the rows belong to the thing itself, and go with it: its sizes, what search read."""
    model = relation.related_model
    ignored = getattr(model, "wagtail_reference_index_ignore", False)
    return bool(model._meta.auto_created) or (ignored and relation.on_delete is models.CASCADE)
