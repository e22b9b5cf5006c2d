"""Template tags of the knowledge base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from wagtail.images.utils import generate_signature

from kb.domain.permissions import may_add_pages, may_edit_pages
from kb.models import BasePage, IndexPage
from kb.models.base import Visibility
from kb.models.guideposts import guideposts_of, plan_of

if TYPE_CHECKING:
    from django.template.context import Context
    from wagtail.models import Page

    from kb.models import Person

register = template.Library()


@register.simple_tag
def visibility(page: Page) -> Visibility:
    """Who can see the page now; nobody for an unsaved one."""
    ours = page.specific if page.pk else page
    return ours.visibility() if isinstance(ours, BasePage) else Visibility.UNPUBLISHED


@register.simple_tag(takes_context=True)
def edit_url(context: Context, page: BasePage) -> str:
    """The edit address of the page; empty for users who may not edit."""
    user = context["request"].user
    if not user.is_authenticated or not may_edit_pages(user):
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@register.simple_tag(takes_context=True)
def add_url(context: Context, page: BasePage) -> str:
    """Where a page below this list is made; empty for who makes none, and below other pages."""
    user = context["request"].user
    if not isinstance(page, IndexPage) or not user.is_authenticated or not may_add_pages(user):
        return ""
    return reverse("wagtailadmin_pages:add_subpage", args=[page.pk])


@register.inclusion_tag("kb/_guideposts.html")
def guideposts(municipality_id: int | None) -> dict[str, Any]:
    """What a municipality works by, short, for the side of a page."""
    return {"guideposts": guideposts_of(municipality_id)}


@register.inclusion_tag("kb/_plan_where_goals_are_set.html")
def employment_plan(municipality_id: int | None) -> dict[str, Any]:
    """The link to the municipality's employment plan, where goals are set; nothing without one."""
    return {"plan": plan_of(municipality_id)}


@register.simple_tag
def photo_url(person: Person, side: int = 160) -> str:
    """The signed address of a person's photo, as a square with sides of so many points."""
    spec = f"fill-{side}x{side}|format-jpeg|jpegquality-82"
    signature = generate_signature(person.photo_id, spec)
    return reverse("wagtailimages_serve", args=[signature, person.photo_id, spec])
