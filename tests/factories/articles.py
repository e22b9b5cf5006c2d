from __future__ import annotations

from datetime import date

import factory
from factory.django import DjangoModelFactory

from articles.models import (
    ArticleIndexPage,
    ArticlePage,
    Authorship,
    Observation,
    TalkRequest,
)
from kb.models import ThemePage
from tests.factories.kb import PageFactory, PersonFactory, ThemePageFactory
from tests.factories.people import EmployeeFactory

ANSWER = [("question", {"question": "Hvad gjorde I?", "answer": "<p>Vi spurgte borgeren.</p>"})]


class ArticleIndexPageFactory(PageFactory):
    class Meta:
        model = ArticleIndexPage

    title = "Artikler"
    slug = "artikler"
    is_open = True


class ArticlePageFactory(PageFactory):
    """News, unless another kind is asked for; then with what that kind needs."""

    class Meta:
        model = ArticlePage

    title = factory.Sequence(lambda n: f"Artikel {n}")
    slug = factory.Sequence(lambda n: f"artikel-{n}")
    lead = "Hvad der skete, og hvad det kan bruges til."
    published_on = date(2026, 10, 1)

    class Params:
        interview = factory.Trait(
            kind="interview",
            interviewee=factory.SubFactory(PersonFactory),
            questions=ANSWER,
        )
        guidance = factory.Trait(
            kind="guidance",
            applies_to="Sager, hvor der ikke er sket noget længe.",
            steps="Spørg borgeren.\nSkriv svaret ned.",
        )

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        authors, notes = kwargs.pop("authors", ()), kwargs.pop("knowledge_notes", None)
        if notes is not None:
            kwargs["knowledge_notes"] = notes
        page = super()._create(model_class, *args, **kwargs)
        for order, person in enumerate(authors):
            Authorship.objects.create(article=page, person=person, sort_order=order)
        return model_class.objects.get(pk=page.pk)

    @classmethod
    def default_parent(cls):
        return ArticleIndexPage.objects.first() or ArticleIndexPageFactory()


class TalkRequestFactory(DjangoModelFactory):
    """From outside, waiting."""

    class Meta:
        model = TalkRequest

    theme = factory.SubFactory(ThemePageFactory)
    organisation = "Boligforeningen Broen"
    topic = "Hvad tro gør ved et møde"
    suitable_days = "En tirsdag i marts"
    audience = 30
    name = "Else Holt"
    email = "else@example.org"


class ObservationFactory(DjangoModelFactory):
    class Meta:
        model = Observation

    theme = factory.SubFactory(ThemePageFactory)
    text = factory.Sequence(lambda n: f"Vi så, at møder på gangen gav flere aftaler ({n}).")
    observed_on = date(2026, 10, 1)
    sent_by = factory.SubFactory(EmployeeFactory)
    municipality = factory.LazyAttribute(lambda o: o.sent_by.municipality)


def theme_with_dilemma(*positions: str, **more) -> ThemePage:
    """A live theme with one dilemma of these positions, as it is stored."""
    texts = list(positions) or ["Handle nu", "Vente og se"]
    block = ("dilemma", {"question": "Skal vi handle eller vente?", "positions": texts})
    theme = ThemePageFactory(dilemmas=[block], **more)
    return ThemePage.objects.get(pk=theme.pk)
