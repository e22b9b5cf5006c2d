"""The address that the panel of checks asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse

if TYPE_CHECKING:
    from django.db.models import Model

register = template.Library()


@register.simple_tag
def check_address(thing: Model) -> str:
    """Where what is typed into the form of this page or entry is looked at."""
    kind = [thing._meta.app_label, thing._meta.model_name]
    if thing.pk is None:
        return reverse("check_new_content", args=kind)
    return reverse("check_content", args=[*kind, thing.pk])
