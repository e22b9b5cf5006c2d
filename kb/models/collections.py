"""Pages that list an editorial collection: methods, offers, phrases, figures, cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from privacy.fields import SafeTextField
from sources.footnotes import Cited, CitesSources

from .base import SectionPage
from .evidence import EvidenceCard
from .figures import KeyFigure
from .guideposts import Guidepost
from .offers import Offer, OfferGroup
from .phrases import Phrase
from .snippets import QuestionCard

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .themes import ThemePage


class Collection(models.TextChoices):
    """The lists that a page can show; each is shown by one page at most."""

    METHODS = "methods", _("Methods")
    OFFERS = "offers", _("Offers")
    PHRASES = "phrases", _("Phrases")
    FIGURES = "figures", _("Key figures")
    EVIDENCE = "evidence", _("Evidence cards")
    QUESTIONS = "questions", _("Question cards")
    GUIDEPOSTS = "guideposts", _("Guideposts")
    PROGRAMMES = "programmes", _("Training programmes")


def items_of(collection: str) -> models.QuerySet[Any]:
    """What a collection shows, in its order, with everything its template reads."""
    querysets: dict[str, models.QuerySet[Any]] = {
        Collection.OFFERS: Offer.objects.shown().select_related(
            "evidence", "alternative", "guidepost"
        ),
        Collection.PHRASES: Phrase.objects.shown().select_related("guidepost"),
        Collection.FIGURES: KeyFigure.objects.shown().select_related(
            "base_figure", "source", "guidepost"
        ),
        Collection.EVIDENCE: EvidenceCard.objects.shown().prefetch_related("sources__source"),
        Collection.QUESTIONS: QuestionCard.objects.shown()
        .filter(active=True)
        .select_related("theme"),
        Collection.GUIDEPOSTS: Guidepost.objects.shown(),
    }
    return querysets[collection] if collection in querysets else _above[collection].items()


@dataclass(frozen=True)
class CollectionAbove:
    """What a room above kb lists: its rows, and the template that shows them."""

    items: Callable[[], models.QuerySet[Any]]
    template: str


_above: dict[str, CollectionAbove] = {}


def register_collection(
    collection: Collection, *, items: Callable[[], models.QuerySet[Any]], template: str
) -> None:
    """Say what a collection lists whose rows live in a room above (imports point downwards)."""
    _above[collection] = CollectionAbove(items, template)


def template_of(collection: str) -> str:
    """The template that shows the rows of a collection."""
    above = _above.get(collection)
    return above.template if above else f"kb/collections/{collection}.html"


class CollectionPage(SectionPage):
    """One collection on one page; every item has an anchor, so that it can be linked to."""

    collection = models.CharField(
        _("what it lists"), max_length=16, choices=Collection.choices, unique=True
    )
    intro = SafeTextField(_("introduction"), blank=True)

    content_panels = [
        *SectionPage.content_panels,
        FieldPanel("collection"),
        FieldPanel("intro"),
    ]
    counts_reads = False
    template = "kb/collection_page.html"
    parent_page_types = ["kb.HomePage"]
    subpage_types: list[str] = []
    max_count = len(Collection)

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    @classmethod
    def section_of_row(cls) -> Any:
        return models.OuterRef("collection")

    def own_section(self) -> str:
        """What it lists is the section."""
        return self.collection

    @cached_property
    def items(self) -> list[Any]:
        """What it lists, read once: for the list itself and for its sources."""
        return list(items_of(self.collection))

    @cached_property
    def retired(self) -> list[KeyFigure]:
        """Key figures that nobody should use any more, the latest first."""
        if self.collection != Collection.FIGURES:
            return []
        gone = KeyFigure.objects.readable().filter(retired_on__isnull=False)
        return list(gone.order_by("-retired_on", "pk"))

    def cited_sources(self) -> Iterator[Cited]:
        """What the figures or cards stand on; other collections cite nothing."""
        for item in [*self.items, *self.retired]:
            if isinstance(item, CitesSources):
                yield from item.cited_sources()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        items = list(self.items)
        if self.collection == Collection.OFFERS:
            items.sort(key=lambda offer: OfferGroup.values.index(offer.group))
        context["items"] = items
        context["items_template"] = template_of(self.collection)
        if self.collection == Collection.QUESTIONS:
            context["groups"] = by_theme(items)
        if self.collection == Collection.OFFERS:
            context["evidence_url"] = CollectionPage.address(Collection.EVIDENCE)
        return context

    @classmethod
    def address(cls, collection: str) -> str:
        """Where a collection is shown; empty where no live page lists it."""
        page = cls.objects.live().filter(collection=collection).first()
        return page.url if page is not None and page.url else ""


def by_theme(cards: Iterable[QuestionCard]) -> list[dict[str, Any]]:
    """Question cards under their theme's title, in the order of the themes."""
    return [
        {"number": theme.number, "title": _title_of(theme), "cards": list(group)}
        for theme, group in groupby(cards, key=lambda card: card.theme)
    ]


def _title_of(theme: ThemePage) -> str:
    return theme.nav_title if theme.live else _("Theme %(number)s") % {"number": theme.number}
