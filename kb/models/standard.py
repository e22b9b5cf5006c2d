"""Pages of plain text: about, how it works, privacy, accessibility."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from kb.blocks.body import BodyBlock
from privacy.fields import SafeTextField

from .base import BasePage, FoundAs, Words
from .guideposts import GuidepostTagged


class StandardPage(GuidepostTagged, BasePage):
    """A text with headings."""

    is_translatable = True
    intro = SafeTextField(_("introduction"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("guidepost"),
    ]
    template = "kb/standard_page.html"
    parent_page_types = ["kb.HomePage", "kb.StandardPage"]
    subpage_types = ["kb.StandardPage"]
    found_as = FoundAs(
        "page",
        pgettext_lazy("kind of document", "Page"),
        pgettext_lazy("kind of document", "Pages"),
    )

    class Meta:
        verbose_name = _("text page")
        verbose_name_plural = _("text pages")

    def words(self) -> Words:
        return self.intro, self.body
