"""Pages that list an editorial collection: methods, offers, phrases, figures, cards."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from .base import BasePage
from .evidence import EvidenceCard
from .figures import KeyFigure
from .guideposts import Guidepost
from .methods import Method
from .offers import Offer
from .phrases import Phrase
from .snippets import QuestionCard


class Collection(models.TextChoices):
    METHODS = "methods", _("Methods")
    OFFERS = "offers", _("Offers")
    PHRASES = "phrases", _("Phrases")
    FIGURES = "figures", _("Key figures")
    EVIDENCE = "evidence", _("Evidence cards")
    QUESTIONS = "questions", _("Question cards")
    GUIDEPOSTS = "guideposts", _("Guideposts")


def items_of(collection: str) -> models.QuerySet[Any]:
    """What a collection shows, in its order, with everything its template reads."""
    querysets: dict[str, models.QuerySet[Any]] = {
        Collection.METHODS: Method.objects.all(),
        Collection.OFFERS: Offer.objects.select_related("evidence", "alternative").order_by(
            "group", "name"
        ),
        Collection.PHRASES: Phrase.objects.all(),
        Collection.FIGURES: KeyFigure.objects.shown().select_related("base_figure"),
        Collection.EVIDENCE: EvidenceCard.objects.prefetch_related("publications"),
        Collection.QUESTIONS: QuestionCard.objects.filter(active=True),
        Collection.GUIDEPOSTS: Guidepost.objects.all(),
    }
    return querysets[collection]


class CollectionPage(BasePage):
    """One collection on one page; every item has an anchor, so that it can be linked to."""

    collection = models.CharField(
        _("what it lists"), max_length=16, choices=Collection.choices, unique=True
    )
    intro = models.TextField(_("introduction"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("collection"),
        FieldPanel("intro"),
    ]
    template = "kb/collection_page.html"
    parent_page_types = ["kb.HomePage"]
    subpage_types: list[str] = []
    max_count = len(Collection)

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["items"] = list(items_of(self.collection))
        context["items_template"] = f"kb/collections/{self.collection}.html"
        if self.collection == Collection.QUESTIONS:
            context["theme_titles"] = _theme_titles()
        return context


def _theme_titles() -> dict[int, str]:
    from .themes import ThemePage

    return dict(ThemePage.objects.live().values_list("number", "nav_title"))
