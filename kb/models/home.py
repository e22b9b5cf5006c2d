"""The front page for those who are not logged in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from kb.blocks.body import BodyBlock
from privacy.fields import SafeTextField

from .base import BasePage, open_to_all
from .standard import StandardPage

if TYPE_CHECKING:
    from django.http import HttpRequest


class HomePage(BasePage):
    """What Sparringsrummet is, in one screen. Always open: it is where people log in from."""

    is_translatable = True
    intro = SafeTextField(_("introduction"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("body")]
    template = "kb/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")
        constraints = [
            models.CheckConstraint(condition=models.Q(is_open=True), name="home_is_always_open")
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        texts = open_to_all(StandardPage.objects.child_of(self))
        beside = Page.objects.child_of(self).live().not_exact_type(StandardPage)
        sections = beside.exclude(content_type__app_label="stories").specific()
        pages = [*(page for page in sections if page.is_public), *texts]
        context["texts"] = [(page.title, page.url) for page in pages]
        return context
