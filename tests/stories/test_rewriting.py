"""One click puts other words in a finding's place, and tags are suggested from the text."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from privacy.anonymity import check
from privacy.anonymity.rewrite import put
from stories import tagging
from stories.domain import checking, rewriting
from stories.enums import State
from stories.models import StoryPage
from tests.factories.stories import make_draft, make_published
from tests.stories.pages import login, page
from tests.stories.test_pages import step_data

pytestmark = pytest.mark.django_db


def words(text, **fields):
    story = StoryPage(**fields)
    [finding] = check(text).findings
    return [put(text, finding, word) for word in rewriting.words_for(story, text, finding)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Så ringede Gurli Vestergaard til mig.", "Så ringede borgeren til mig."),
        ("Gurli Vestergaard ringede til mig.", "Borgeren ringede til mig."),
        ("Det var Fatimas idé.", "Det var borgerens idé."),
        ("Det var Jens, der spurgte.", "Det var borgeren, der spurgte."),
        ("Hun har nummer 010180-1234 hos os.", "Hun har nummer hos os."),
        ("Skriv til gurli@example.dk, så.", "Skriv til, så."),
        ("De flyttede til Hvalpsund.", "De flyttede til en anden by."),
    ],
)
def test_what_is_suggested_reads_in_its_place(text, first):
    assert words(text)[0] == first


def test_an_age_is_the_storys_own_band():
    suggested = words("Så kom Fatima til mødet.", age_band="30-49")

    assert "Så kom en kvinde i 30'erne eller 40'erne til mødet." in suggested


def test_nothing_is_suggested_where_no_word_is_safe():
    assert words("Hun er den eneste kvindelige smed i kommunen.") == []


def test_what_is_put_in_passes_the_check():
    for text in ("Så ringede Gurli Vestergaard til mig.", "Han bor på Nørregade 3, 2. tv."):
        for rewritten in words(text):
            assert check(rewritten).verdict == "pass", rewritten


def test_one_click_on_the_check_page_rewrites_every_place():
    text = "Fatima kom. Vi talte med Fatima i en time."
    story = make_draft(hard=text)
    client = login(story.author)
    address = reverse("stories:check", args=[story.pk])
    assert "Skriv »borgeren«" in page(client, address)
    found = checking.check_story(story).found[0].fingerprint

    client.post(address, {"found": found, "word": "Borgeren"})

    story.refresh_from_db()
    assert story.hard == "Borgeren kom. Vi talte med borgeren i en time."
    assert story.state == State.DRAFT


def test_only_what_is_suggested_is_put_in():
    story = make_draft(hard="Så kom Fatima til mødet.")
    found = checking.check_story(story).found[0].fingerprint

    for word, where in (("noget helt andet", found), ("borgeren", "0" * 64)):
        with pytest.raises(ValidationError):
            rewriting.rewrite_finding(actor=story.author, story=story, found=where, word=word)


def test_the_live_check_offers_the_words_and_where_they_go():
    story = make_draft()
    answer = login(story.author).post(
        reverse("stories:check_text", args=[story.pk]),
        {"hard": "Linje 1 🙂\r\nSå kom Fatima til mødet."},
        headers={"HX-Trigger-Name": "hard", "HX-Request": "true"},
    )

    html = answer.content.decode()
    assert 'data-replace="id_hard"' in html
    assert 'data-start="18"' in html  # the browser counts the face as two, the break as one
    assert 'data-found="Fatima"' in html
    assert 'data-with="borgeren"' in html


# Tags.


def test_tags_are_those_the_text_speaks_of_in_any_form():
    tags = [("praktik", 3), ("lønnede timer", 2), ("småjob", 9), ("gåtur", 1)]
    text = "Praktikpladsen blev til lønnede timer. Praktikken begyndte med en gåtur."

    assert tagging.suggest(text, tags) == ["praktik", "lønnede timer", "gåtur"]
    assert tagging.suggest(text, tags, has=["Praktik"]) == ["lønnede timer", "gåtur"]
    assert tagging.suggest("", tags) == []


def test_the_form_suggests_tags_of_shared_stories_only_and_a_tick_adds_them():
    make_published(tags=["kaffe", "kollega"])
    make_draft(tags=["borgere"])  # a draft's words are its author's
    story = make_draft(tags=["lyst"])  # says "en kollega spurgte"
    data = step_data(story, "find-den")
    html = page(login(story.author), reverse("stories:step", args=[story.pk, "find-den"]))
    assert 'name="suggested" value="kollega"' in html
    assert 'value="borgere"' not in html

    login(story.author).post(
        reverse("stories:step", args=[story.pk, "find-den"]),
        data | {"tags": "lyst", "suggested": "kollega"},
    )

    story.refresh_from_db()
    assert set(story.tags.names()) == {"lyst", "kollega"}
