"""Columns of the editors' lists."""

from __future__ import annotations

from django.db.models import Field, Model
from django.utils.text import capfirst
from wagtail.admin.ui.tables import Column


class ChoiceColumn(Column):
    """A field with choices: its choice in words, under the field's own name."""

    def __init__(self, model: type[Model], name: str) -> None:
        field = model._meta.get_field(name)
        assert isinstance(field, Field)  # a relation's other end has no choices
        label = capfirst(field.verbose_name)
        super().__init__(name, label=label, accessor=f"get_{name}_display", sort_key=name)
