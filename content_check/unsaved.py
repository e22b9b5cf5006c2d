"""A page or an entry as it stands in the form right now: nothing is validated, nothing is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail.admin.panels import get_edit_handler
from wagtail.fields import StreamField
from wagtail.models import Page

if TYPE_CHECKING:
    from django.forms import BaseModelForm
    from django.http import QueryDict


def typed_into(thing: models.Model, post: QueryDict, user: Any) -> models.Model:
    """Put what was typed into `thing`, which must not be saved afterwards; return it."""
    handler = thing.get_edit_handler() if isinstance(thing, Page) else get_edit_handler(type(thing))
    form = handler.get_form_class()(post, instance=thing, for_user=user)
    _fill(form)
    for relation, formset in getattr(form, "formsets", {}).items():
        if not hasattr(thing, relation):  # comments, which Wagtail's form calls by another name
            continue
        rows = [row for row in formset.forms if f"{row.prefix}-DELETE" not in post]
        getattr(thing, relation).set([_fill(row) for row in rows])
    return thing


def _fill(form: BaseModelForm[Any]) -> models.Model:
    for name, form_field in form.fields.items():
        key = form.add_prefix(name)
        if form_field.widget.value_omitted_from_data(form.data, form.files, key):
            continue
        value = form_field.widget.value_from_datadict(form.data, form.files, key)
        _set(form.instance, name, value)
    instance: models.Model = form.instance
    return instance


def _set(thing: models.Model, name: str, value: Any) -> None:
    """Texts and streams as they are; of other things only which one was chosen."""
    try:
        field = thing._meta.get_field(name)
    except FieldDoesNotExist:
        return
    if isinstance(field, StreamField):
        setattr(thing, name, value)
    elif isinstance(field, models.CharField | models.TextField):
        setattr(thing, name, value or "")
    elif isinstance(field, models.ForeignKey):
        setattr(thing, field.attname, int(value) if str(value).isdecimal() else None)
