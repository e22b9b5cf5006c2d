"""Reading again: tellers are told in time; what is gone sends its stories back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kb.models import LawWord
from people.domain.sending import send_digest
from people.models import Notification
from stories.content_review import causes, decisions
from stories.content_review.causes import remind_authors, send_back_outdated
from stories.content_review.dependencies import depends_on_offer, mentions
from stories.domain import withdrawal
from stories.enums import ReviewCause, State
from stories.models import PeriodicReview, StoryPage
from stories.tasks import nightly
from tests.factories.kb import OfferFactory
from tests.factories.stories import make_approver, make_draft, make_opened, make_published
from tests.stories.pages import login, page, queries_of

pytestmark = pytest.mark.django_db


def due_story(**kwargs):
    """A story whose year is up in ten days."""
    story = make_published(**kwargs)
    day = timezone.localdate() + timedelta(days=10)
    StoryPage.objects.filter(pk=story.pk).update(reread_on=day)
    story.refresh_from_db()
    return story


def closed(**values):
    day = timezone.localdate() + timedelta(days=1)
    return OfferFactory(closed_on=day, closed_because="Besparelse", **values), day


def state_of(story):
    return StoryPage.objects.get(pk=story.pk).state


def test_the_teller_is_told_once_before_the_day_and_no_word_of_the_story_is_in_it():
    story = due_story(title="Kaffe før kursus")

    assert [remind_authors(), remind_authors()] == [1, 0]
    assert send_digest(story.author_id, at=timezone.now() + timedelta(days=1)) == 1

    assert f"/historier/{story.pk}/" in mail.outbox[0].body
    assert "kaffe" not in mail.outbox[0].body.lower()
    assert state_of(story) == State.PUBLISHED_INTERNAL


def test_nobody_is_told_more_than_thirty_days_ahead_or_about_a_draft():
    make_published()
    make_draft()

    assert remind_authors() == 0


def test_the_mail_that_waits_is_dropped_when_the_story_is_read_or_gone():
    read, gone = due_story(), due_story()
    remind_authors()

    decisions.confirm_still_true(actor=read.author, story=read)
    withdrawal.withdraw_story(actor=gone.author, story=gone)

    for story in (read, gone):
        assert send_digest(story.author_id, at=timezone.now() + timedelta(days=1)) == 0
    assert mail.outbox == []
    assert not Notification.objects.filter(state="sent").exists()


def test_a_story_holds_for_as_long_as_its_reader_says():
    story = due_story()
    remind_authors()

    decisions.confirm_still_true(actor=make_approver(), story=story, months=3)

    story.refresh_from_db()
    assert timedelta(days=85) < story.reread_on - timezone.localdate() < timedelta(days=95)
    assert not causes.has_open_cause(story)
    assert remind_authors() == 0


def test_a_closed_offer_sends_back_the_stories_that_lean_on_it():
    named = make_published(action_kinds=["course"], hard="Vi brugte Havneholdet hver uge.")
    by_kind = make_opened(action_kinds=["volunteering"])
    other = make_published(action_kinds=["placement"])
    OfferFactory(name="Et andet kursus", action_kind="course")
    _offer, day = closed(name="Havneholdet", action_kind="volunteering")

    assert send_back_outdated(today=day - timedelta(days=1)) == 0
    assert send_back_outdated(today=day) == 2
    assert send_back_outdated(today=day) == 0

    assert [state_of(one) for one in (named, by_kind, other)] == [
        State.REREAD,
        State.REREAD,
        State.PUBLISHED_INTERNAL,
    ]
    assert set(PeriodicReview.objects.values_list("cause", flat=True)) == {ReviewCause.OFFER}


def test_what_was_read_again_is_not_sent_back_for_the_same_cause():
    story = make_published(hard="Vi brugte Havneholdet hver uge.")
    _offer, day = closed(name="Havneholdet")
    send_back_outdated(today=day)

    decisions.confirm_still_true(actor=story.author, story=story)

    assert send_back_outdated(today=day) == 0
    assert state_of(story) == State.PUBLISHED_INTERNAL


def test_a_story_approved_after_the_offer_closed_is_left_alone():
    OfferFactory(
        name="Havneholdet",
        closed_on=timezone.localdate() - timedelta(days=3),
        closed_because="Besparelse",
    )
    story = make_published(hard="Havneholdet var lukket, så vi fandt en anden vej.")

    assert send_back_outdated() == 0
    assert state_of(story) == State.PUBLISHED_INTERNAL


def test_a_word_the_law_drops_sends_its_stories_back():
    story = make_published(turning_point="Så kom nytteindsatsen på bordet.")
    other = make_published()
    day = timezone.localdate() + timedelta(days=1)
    LawWord.objects.create(word="nytteindsats", retired_on=day, instead="Brug praktik.")

    assert send_back_outdated(today=day) == 1

    assert (state_of(story), state_of(other)) == (State.REREAD, State.PUBLISHED_INTERNAL)


def test_the_night_does_all_of_it_and_twice_is_as_once():
    story = due_story(hard="Vi brugte nytteindsats hver uge.")
    LawWord.objects.create(
        word="nytteindsats", retired_on=timezone.localdate(), instead="Brug praktik."
    )

    for _ in range(2):
        nightly(0)

    assert PeriodicReview.objects.filter(story=story).count() == 2
    assert state_of(story) == State.REREAD


def test_moderators_see_what_is_due_and_why_and_keep_or_archive_it():
    story, law = due_story(), make_published(hard="Vi brugte nytteindsats hver uge.")
    LawWord.objects.create(
        word="nytteindsats", retired_on=timezone.localdate(), instead="Brug praktik."
    )
    nightly(0)
    client = login(make_approver())

    html = page(client, reverse("stories:maintenance"))
    assert story.title in html
    assert "nytteindsats" in html
    client.post(reverse("stories:still_true", args=[story.pk]), {"months": "6"})
    client.post(reverse("stories:archive", args=[law.pk]))

    html = page(client, reverse("stories:maintenance"))
    assert story.title not in html
    assert law.title not in html
    assert state_of(law) == State.ARCHIVED


def test_the_list_of_what_is_due_costs_the_same_for_three_as_for_one():
    client, counts = login(make_approver()), []
    for _ in range(3):
        due_story()
        remind_authors()
        client.get(reverse("stories:maintenance"))
        counts.append(queries_of(client, reverse("stories:maintenance")))

    assert counts[0] == counts[2]


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("Så kom nytteindsatsen.", "nytteindsats", True),
        ("NYTTEINDSATS!", "nytteindsats", True),
        ("en unytteindsats", "nytteindsats", False),
        ("nytteindsatsaftaler", "nytteindsats", False),
        ("Havne-holdet", "Havneholdet", False),
        ("a.b", "a.b", True),
        ("axb", "a.b", False),
        ("noget", " ", False),
    ],
)
def test_a_word_is_found_in_its_endings_only(text, word, found):
    assert mentions(text, word) is found


@given(st.text(), st.text())
def test_looking_for_any_word_in_any_text_never_fails(text, word):
    assert mentions(text, word) in (True, False)


@given(st.sets(st.sampled_from(["course", "placement", "health"])))
def test_an_offer_without_a_kind_is_found_by_name_only(kinds):
    assert not depends_on_offer("Intet navn.", kinds, name="Holdet", kind="", open_kinds=set())
