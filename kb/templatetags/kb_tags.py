"""Template tags of the knowledge base."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.urls import reverse

from kb.domain.permissions import may_edit_pages
from kb.models import BasePage

register = template.Library()


@register.simple_tag(takes_context=True)
def edit_url(context: Context, page: BasePage) -> str:
    """Where this reader edits the page; empty for those who do not."""
    user = context["request"].user
    if not user.is_authenticated or not may_edit_pages(user):
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
