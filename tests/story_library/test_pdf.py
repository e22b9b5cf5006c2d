"""A story on paper: at most four pages, the base rate beside every success, only for readers."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from kb.models import KeyFigure
from stories.models import StoryPage
from stories.models.steps import LONGEST_TEXT, LONGEST_TITLE, MOST_STEPS
from stories.presentation import story_page
from story_library.presentation.pdf import MOST_PAGES, story_pdf
from tests.factories.kb import KeyFigureFactory
from tests.factories.people import EmployeeFactory
from tests.factories.stories import make_draft, make_opened, make_published
from tests.stories.pages import login, page

pytestmark = pytest.mark.django_db
SENTENCE = "Vi ventede længe på en plan, og så spurgte en kollega, hvad hun selv savnede mest. "
NO_RATE = "Den siger ikke, hvor ofte det sker."


def filled(length):
    """A text of exactly that many characters."""
    return (SENTENCE * (length // len(SENTENCE) + 1))[:length].rstrip().ljust(length, ".")


def longest_story():
    """Every field as long as the model lets it be."""
    longest = {
        name: filled(StoryPage._meta.get_field(name).max_length)
        for name in ("teaser", "hard", "turning_point", "quote", "would_do_differently")
    }
    tries = StoryPage._meta.get_field("try_tomorrow")
    step = {
        "title": filled(LONGEST_TITLE),
        "text": filled(LONGEST_TEXT),
        "timing": "same_time",
    }
    return make_published(
        **longest,
        title=filled(120),
        steps=[step] * MOST_STEPS,
        try_tomorrow=[filled(tries.base_field.max_length)] * tries.size,
        caseworker_beliefs=[1, 5, 9],
        citizen_beliefs=[2, 4, 8],
    )


def text_of(content):
    return " ".join(one.extract_text() for one in PdfReader(io.BytesIO(content)).pages)


def test_the_longest_story_fits_on_four_pages_and_is_whole():
    story = longest_story()

    content = story_pdf(story)

    reader = PdfReader(io.BytesIO(content))
    assert 2 <= len(reader.pages) <= MOST_PAGES
    words = text_of(content)
    assert words.count("savnede mest") >= sum(
        len(text) // len(SENTENCE) for text in (story.hard, story.turning_point)
    )
    fonts = {
        font.get_object()["/BaseFont"]
        for one in reader.pages
        for font in one["/Resources"]["/Font"].values()
    }
    assert all("LibertinusSerif" in name for name in fonts)


def test_a_usual_story_is_one_or_two_pages_with_its_texts_as_they_are():
    story = make_published(
        hard="Vi skrev *ikke* nok #strong og $tal$ i _notatet_. [Så] <ventede> vi."
    )

    words = text_of(story_pdf(story))

    assert len(PdfReader(io.BytesIO(story_pdf(story))).pages) <= 2
    for text in ("*ikke* nok #strong og $tal$ i _notatet_. [Så] <ventede> vi.", "Anonymiseret"):
        assert text in words
    assert f"/historier/{story.pk}/" in words
    assert story.author.last_name not in words


def test_only_those_who_may_read_the_story_get_it_and_no_cache_keeps_it():
    story, opened, draft = make_published(), make_opened(), make_draft()
    client = login(EmployeeFactory())

    answer = client.get(reverse("stories:pdf", args=[story.pk]))

    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert Client().get(reverse("stories:pdf", args=[opened.pk])).status_code == 200
    assert Client().get(reverse("stories:pdf", args=[story.pk])).status_code == 404
    assert client.get(reverse("stories:pdf", args=[draft.pk])).status_code == 404


def test_no_story_of_success_is_without_its_box():
    client, story = login(EmployeeFactory()), make_published(outcome="succeeded")
    assert NO_RATE in page(client, story.url)
    assert NO_RATE in text_of(story_pdf(story))

    figure = KeyFigureFactory(key=story_page.BASE_FIGURE, live=True, statement="6 ud af 100.")

    assert "6 ud af 100." in page(client, story.url)
    assert figure.population in text_of(story_pdf(story))
    assert figure.source.title in text_of(story_pdf(story))
    KeyFigure.objects.update(live=False)
    assert NO_RATE in page(client, story.url)


@pytest.mark.parametrize("outcome", ["under_way", "not_succeeded"])
def test_other_stories_have_no_box(outcome):
    story = make_published(outcome=outcome)

    assert story_page.base_box(story) is None
    assert NO_RATE not in page(login(EmployeeFactory()), story.url)
