from __future__ import annotations

from datetime import date

import factory
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page, Site

from kb.models import (
    CollectionPage,
    EvidenceCard,
    Guidepost,
    HomePage,
    KeyFigure,
    Offer,
    Person,
    Phrase,
    PublicationIndexPage,
    PublicationPage,
    QuestionCard,
    Section,
    SectionAccess,
    StandardPage,
    ThemeIndexPage,
    ThemePage,
)
from tests.factories.sources import SourceFactory


class PageFactory(DjangoModelFactory):
    """A published page below `parent`, which is made when it is not given."""

    class Meta:
        abstract = True

    title = factory.Sequence(lambda n: f"Side {n}")
    slug = factory.Sequence(lambda n: f"side-{n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        parent = kwargs.pop("parent", None) or cls.default_parent()
        themes = kwargs.pop("themes", None)
        kwargs.setdefault("is_open", False)
        page = model_class(*args, **kwargs)
        if page.is_open and page.own_section() in Section.values:
            open_section(page.own_section())
        if themes is not None:
            page.themes = themes
        parent.add_child(instance=page)
        return page

    @classmethod
    def default_parent(cls):
        return home()


def open_section(section, *, indexed=False) -> None:
    """Everybody reads the section from now on."""
    SectionAccess.objects.update_or_create(
        section=section, defaults={"is_open": True, "is_indexed": indexed}
    )


def _root() -> Page:
    """The root of all pages; what migrations made of it is gone after a test of transactions."""
    found = Page.get_first_root_node()
    if found is not None:
        return found
    Locale.objects.get_or_create(language_code="da")
    return Page.add_root(title="Root", slug="root")


def home() -> HomePage:
    """The front page of the default site, made when missing."""
    existing = HomePage.objects.first()
    if existing is not None:
        return existing
    page = HomePage(title="Forside", slug="forside", is_open=True)
    _root().add_child(instance=page)
    Site.objects.filter(is_default_site=True).delete()
    Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)
    return page


class StandardPageFactory(PageFactory):
    class Meta:
        model = StandardPage


class ThemeIndexPageFactory(PageFactory):
    class Meta:
        model = ThemeIndexPage

    title = "Analysetemaer"
    slug = "temaer"


class ThemePageFactory(PageFactory):
    class Meta:
        model = ThemePage

    number = factory.Sequence(lambda n: n + 1)
    nav_title = factory.Sequence(lambda n: f"Temaets lange navn {n}")
    intro = "Hvad temaet handler om."

    @classmethod
    def default_parent(cls):
        return ThemeIndexPage.objects.first() or ThemeIndexPageFactory()


def theme_numbered(number) -> ThemePage:
    """The theme of that number, made when missing."""
    return ThemePage.objects.filter(number=number).first() or ThemePageFactory(number=number)


class PublicationIndexPageFactory(PageFactory):
    class Meta:
        model = PublicationIndexPage

    title = "Publikationer"
    slug = "publikationer"


class PublicationPageFactory(PageFactory):
    class Meta:
        model = PublicationPage

    kind = "analysis"
    abstract = "Et resumé med vores egne ord."

    @classmethod
    def default_parent(cls):
        return PublicationIndexPage.objects.first() or PublicationIndexPageFactory()


class CollectionPageFactory(PageFactory):
    class Meta:
        model = CollectionPage


class KeyFigureFactory(DjangoModelFactory):
    """A complete figure, not published yet."""

    class Meta:
        model = KeyFigure

    key = factory.Sequence(lambda n: f"tal-{n}")
    statement = "Ca. 6 ud af 100 kom i gang inden for et år."
    values = [("value", {"label": "I gang", "text": "ca. 6 %", "value": 6.0})]
    unit = KeyFigure.Unit.PERCENT
    population = "Aktivitetsparate i BIP"
    comparison = "Ingen"
    horizon = "Et år"
    adjustment = KeyFigure.Adjustment.RAW
    source = factory.SubFactory(SourceFactory, title="Vejledning til sagsbehandlere")
    reading_a = "De fleste når det ikke på et år."
    reading_b = "Et år er kort tid for mange."
    live = False


class EvidenceCardFactory(DjangoModelFactory):
    class Meta:
        model = EvidenceCard

    slug = factory.Sequence(lambda n: f"viden-{n}")
    subject = factory.Sequence(lambda n: f"Emne {n}")
    subject_kind = EvidenceCard.Kind.OFFER
    verdict = "conflicting"
    summary = "Studierne er ikke enige."
    design_why = amount_why = consistency_why = relevance_why = currency_why = "Derfor."
    judged_by = "Redaktionen"
    reviewed_on = date(2026, 10, 1)
    review_on = date(2027, 10, 1)


class OfferFactory(DjangoModelFactory):
    class Meta:
        model = Offer

    slug = factory.Sequence(lambda n: f"tilbud-{n}")
    name = factory.Sequence(lambda n: f"Tilbud {n}")
    group = "company"
    purpose = "At prøve en opgave."
    granted_by = "Sagsbehandleren selv"


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Karen Holm {n}")
    title = "Afdelingsleder"
    organisation = "Fjordby Kommune"


class PhraseFactory(DjangoModelFactory):
    class Meta:
        model = Phrase

    phrase = factory.Sequence(lambda n: f"Vending {n}")
    closes = "Der står ingen grund."
    alternative = "Vi ved endnu ikke, hvad der kunne trække."


class QuestionCardFactory(DjangoModelFactory):
    class Meta:
        model = QuestionCard

    theme = factory.LazyFunction(lambda: theme_numbered(1))
    text = factory.Sequence(lambda n: f"Hvad skulle du høre for at flytte {n} trin?")


class GuidepostFactory(DjangoModelFactory):
    class Meta:
        model = Guidepost

    slug = factory.Sequence(lambda n: f"pejlemaerke-{n}")
    title = factory.Sequence(lambda n: f"Pejlemærke {n}")
    text = "Det arbejder vi efter."
    question = "Hvad betyder det her?"
    position = factory.Sequence(lambda n: n)
