"""What an article of each kind needs, held by the database; and its page."""

from __future__ import annotations

import gc
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from articles.models import ArticlePage, Authorship
from kb.models import SectionAccess
from people.roles import Role
from privacy.models import AuditEntry
from tests.factories.articles import ANSWER, ArticleIndexPageFactory, ArticlePageFactory
from tests.factories.images import make_picture
from tests.factories.kb import (
    GuidepostFactory,
    PersonFactory,
    PublicationPageFactory,
    ThemePageFactory,
)
from tests.factories.people import EmployeeFactory, MunicipalityFactory
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    client.force_login(EmployeeFactory())
    return client


def refused_by_the_database(article, name, **values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ArticlePage.objects.filter(pk=article.pk).update(**values)


def test_a_lead_is_never_empty():
    refused_by_the_database(ArticlePageFactory(), "article_has_a_lead", lead=" ")


@pytest.mark.parametrize("kind", ["commentary", "guidance", "news", "inspiration"])
def test_only_an_interview_has_an_interviewee(kind):
    interview = ArticlePageFactory(interview=True)

    refused_by_the_database(interview, "article_", kind=kind)
    refused_by_the_database(interview, "article_interviewee_only_with_interview", interviewee=None)


@pytest.mark.parametrize("empty", [{"applies_to": ""}, {"steps": "\n "}])
def test_guidance_says_for_whom_and_how(empty):
    refused_by_the_database(
        ArticlePageFactory(guidance=True), "article_steps_only_with_guidance", **empty
    )


@pytest.mark.parametrize("foreign", [{"applies_to": "Alle"}, {"steps": "Spørg."}])
def test_only_guidance_says_so(foreign):
    refused_by_the_database(ArticlePageFactory(), "article_steps_only_with_guidance", **foreign)


def test_dates_come_in_order_and_reading_again_names_who():
    article, person = ArticlePageFactory(published_on=date(2026, 10, 1)), PersonFactory()

    refused_by_the_database(
        article, "article_updated_after_published", updated_on=date(2026, 9, 30)
    )
    name = "article_read_again_by_somebody"
    refused_by_the_database(article, name, read_again_on=date(2026, 11, 1))
    refused_by_the_database(article, name, read_again_by=person)
    refused_by_the_database(article, name, read_again_on=date(2026, 9, 30), read_again_by=person)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "interview", "questions": []}, "questions"),
        ({"questions": ANSWER}, "questions"),
        ({"lead": "Ring til 010180-1234"}, "lead"),
    ],
)
def test_what_does_not_fit_the_kind_is_said_at_its_field(values, field):
    if values.get("kind") == "interview":
        values = {**values, "interviewee": PersonFactory()}

    with pytest.raises(ValidationError) as refusal:
        ArticlePageFactory(**values)

    assert set(refusal.value.message_dict) == {field}


def test_an_author_stands_once_and_cannot_be_removed():
    person = PersonFactory()
    article = ArticlePageFactory(kind="commentary", authors=[person])

    with pytest.raises(IntegrityError, match="author_once"), transaction.atomic():
        Authorship.objects.create(article=article, person=person)
    with pytest.raises(Exception, match="protected"):
        person.delete()


def test_authors_keep_their_order():
    first, second = PersonFactory(name="Åse Å"), PersonFactory(name="Bo B")

    article = ArticlePageFactory(authors=[first, second])

    assert article.authors == [first, second]
    assert article.byline == "Åse Å, Bo B"


@pytest.fixture
def photo(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_picture()


def test_a_page_shows_everything_of_guidance(reader, photo):
    author = PersonFactory(name="Ida Dam", photo=photo, photo_words="Ida Dam ved vinduet")
    theme, note = (
        ThemePageFactory(nav_title="Tro og handling"),
        PublicationPageFactory(title="Notat 7"),
    )
    contact = PersonFactory(name="Per Vig", email="per@example.org", phone="12 34 56 78")
    article = ArticlePageFactory(
        guidance=True,
        title="Når sagen står stille",
        authors=[author],
        themes=[theme],
        knowledge_notes=[note],
        guidepost=GuidepostFactory(title="Borgerne virker"),
        municipality=MunicipalityFactory(name="Fjordby Kommune"),
        updated_on=date(2026, 10, 2),
        read_again_on=date(2026, 11, 3),
        read_again_by=contact,
        contact=contact,
        origin="En vejledning",
        is_example=True,
    )

    page = reader.get(article.url).content.decode()

    for text in (
        "Vejledning", "1 min. at læse", "Når sagen står stille", "1. oktober 2026",
        "2. oktober 2026", "3. november 2026 af Per Vig", "Borgerne virker", "Fjordby Kommune",
        "Sager, hvor der ikke er sket noget længe.", "<li>Spørg borgeren.</li>", "Notat 7",
        "Ida Dam", 'alt="Ida Dam ved vinduet"', "tel:12345678", "mailto:per@example.org",
        "Tro og handling", "En vejledning", "Opdigtet eksempel",
    ):  # fmt: skip
        assert text in page, text


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_photo_is_served_by_its_signed_address_alone(client, photo):
    article = ArticlePageFactory(
        is_open=True, authors=[PersonFactory(photo=photo, photo_words="Et portræt")]
    )
    page = client.get(article.url).content.decode()
    address = page.split('class="person__photo" src="')[1].split('"')[0]

    answer = client.get(address)
    other = client.get(address.replace("160x160", "161x161"))
    SectionAccess.objects.update(is_open=False)
    closed = client.get(address)

    content = b"".join(answer.streaming_content)
    answer.close()
    gc.collect()  # Wagtail leaves the file that it made a size in to be closed with its object
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert content[:2] == b"\xff\xd8"
    assert other.status_code == 403
    assert closed.headers["Location"].startswith("/konto/login/")


def test_an_interview_shows_who_and_what_was_asked(reader):
    article = ArticlePageFactory(
        interview=True, interviewee=PersonFactory(name="Bo Ek", title="Leder")
    )

    page = reader.get(article.url).content.decode()

    assert "Bo Ek" in page
    assert "Leder" in page
    assert '<h2 class="h3">Hvad gjorde I?</h2>' in page
    assert "Vi spurgte borgeren." in page


def test_an_article_is_behind_login_unless_opened(client):
    closed, opened = ArticlePageFactory(), ArticlePageFactory(is_open=True)

    assert client.get(closed.url).status_code == 302
    assert client.get(opened.url).status_code == 200


def test_an_open_article_names_no_closed_theme_or_note(client):
    article = ArticlePageFactory(
        guidance=True,
        is_open=True,
        themes=[ThemePageFactory(nav_title="Lukket tema")],
        knowledge_notes=[PublicationPageFactory(title="Lukket notat")],
    )

    page = client.get(article.url).content.decode()

    assert "Lukket tema" not in page
    assert "Lukket notat" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_theme_shows_its_articles(reader, count):
    theme = ThemePageFactory()
    for number in range(count):
        ArticlePageFactory(title=f"Nyt i sagen {number}", themes=[theme])
    ArticlePageFactory(title="Kladde om temaet", themes=[theme], live=False)
    ArticlePageFactory(title="Om noget andet", themes=[ThemePageFactory()])

    page = reader.get(theme.url).content.decode()

    assert page.count("Nyt i sagen") == count
    assert "Kladde om temaet" not in page
    assert "Om noget andet" not in page


def test_publishing_is_written_down():
    article = ArticlePageFactory(live=False)

    article.save_revision(user=EmployeeFactory()).publish()

    assert AuditEntry.objects.filter(action="page.publish", object_id=str(article.pk)).exists()


EMPTY_FORMS = {
    f"{name}-{part}": "0"
    for name in ("authorships", "comments")
    for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
}


def written(**more):
    return {
        "title": "Min mening", "slug": "min-mening", "kind": "commentary", "lead": "Det vigtigste.",
        "body-count": "0", "questions-count": "0", "published_on": "2026-10-01",
        **EMPTY_FORMS, **more,
    }  # fmt: skip


def by(person, deleted=""):
    return {
        "authorships-TOTAL_FORMS": "1", "authorships-0-person": str(person.pk),
        "authorships-0-ORDER": "1", "authorships-0-DELETE": deleted,
    }  # fmt: skip


def test_an_editor_writes_a_commentary_only_with_an_author(client):
    client.force_login(EmployeeFactory(roles=[Role.EDITOR]))
    index = ArticleIndexPageFactory()
    add = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", index.pk])
    person = PersonFactory()

    nobody = client.post(add, written())
    taken_away = client.post(add, written(**by(person, deleted="on")))
    somebody = client.post(add, written(**by(person)))

    assert "En kommentar har en forfatter." in nobody.content.decode()
    assert "En kommentar har en forfatter." in taken_away.content.decode()
    assert somebody.status_code == 302
    assert ArticlePage.objects.get().authors == [person]


def test_knowledge_notes_belong_to_guidance(client):
    client.force_login(EmployeeFactory(roles=[Role.EDITOR]))
    index, note = ArticleIndexPageFactory(), PublicationPageFactory()
    add = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", index.pk])

    answer = client.post(add, written(kind="news", knowledge_notes=[str(note.pk)]))

    assert "Vidensnotater hører til en vejledning." in answer.content.decode()


def test_an_article_ends_in_its_sources_and_the_source_names_it(reader):
    source = SourceFactory(title="Om at spørge først", written_by=[("Eva", "Lund")])
    note = {"source": source, "quote": "Spørg først.", "place": "s. 4"}
    article = ArticlePageFactory(title="Vi spurgte", body=[("source_note", note)])

    html = reader.get(article.url).content.decode()

    assert "Om at spørge først" in html
    assert f"/kilder/side/{article.pk}/" in html
    assert "Vi spurgte" in reader.get(f"/kilder/{source.slug}/").content.decode()
