"""The author's and the reader's pages where something is refused, over, or changed meanwhile."""

from __future__ import annotations

import pytest
from django.urls import reverse

from stories.domain import authoring, claims, review
from stories.domain.checking import check_story
from stories.enums import Scope, State, Tick
from stories.models import StoryPage
from tests.factories.people import EmployeeFactory
from tests.factories.stories import (
    give_consent,
    make_approver,
    make_consented,
    make_draft,
    make_in_review,
    make_opened,
    make_published,
)

from .pages import login, page

pytestmark = pytest.mark.django_db
# A company's name: the check warns about it, and a reason lets it stand.
WARNED = "Hun arbejdede på Engdal Maskinfabrik A/S og ventede."


def address(name, story, *rest):
    return reverse(f"stories:{name}", args=[story.pk, *rest])


def sent(client, name, story, **values):
    """Where a form leads, and what the page there says."""
    answer = client.post(address(name, story), values, follow=True)
    assert answer.status_code == 200
    return answer.redirect_chain[-1][0], answer.content.decode()


# The author.


@pytest.mark.parametrize(
    ("make", "leads_to"),
    [
        (make_draft, "step"),
        (make_consented, "consent"),
        (make_in_review, "mine"),
        (make_published, "mine"),
    ],
)
def test_a_story_is_gone_on_with_where_it_is(make, leads_to):
    story = make()
    there = {
        "step": lambda: address("step", story, "fortaellingen"),
        "consent": lambda: address("consent", story),
        "mine": lambda: reverse("stories:mine"),
    }[leads_to]()

    location = login(story.author).get(address("draft", story))["Location"]

    assert location.rsplit("/", 2)[0] == there.rsplit("/", 2)[0]


def test_a_story_is_taken_back_from_its_readers_to_write_on():
    story = make_in_review()

    where, text = sent(login(story.author), "withdraw_from_review", story)

    assert "Historien er din igen." in text
    assert where.startswith(address("draft", story))
    assert StoryPage.objects.get(pk=story.pk).state == State.DRAFT


def test_what_is_published_is_not_taken_back_that_way():
    story = make_published()

    where, _text = sent(login(story.author), "withdraw_from_review", story)

    assert where == reverse("stories:mine")
    assert StoryPage.objects.get(pk=story.pk).state == State.PUBLISHED_INTERNAL


def test_a_published_story_is_not_thrown_away_as_a_draft():
    story = make_published()

    sent(login(story.author), "discard", story)

    assert StoryPage.objects.get(pk=story.pk).state == State.PUBLISHED_INTERNAL


def test_a_published_story_has_nothing_left_to_check():
    story = make_published()

    assert login(story.author).get(address("check", story))["Location"] == reverse("stories:mine")


def test_a_warning_stays_with_a_reason_and_a_made_up_one_takes_none():
    story = make_draft(hard=WARNED)
    client = login(story.author)
    (warning,) = check_story(story).found
    check = address("check", story)

    assert client.post(check, {"found": warning.fingerprint, "reason": ""}).status_code == 422
    unknown = client.post(check, {"found": "0" * 64, "reason": "Firmaet findes ikke."})
    assert unknown.status_code == 422
    assert not story.warning_reasons.exists()

    given = client.post(check, {"found": warning.fingerprint, "reason": "Firmaet findes ikke."})

    assert given["Location"] == check
    assert story.warning_reasons.get().reason == "Firmaet findes ikke."
    assert "Firmaet findes ikke." in page(client, check)


def test_a_suggestion_whose_words_are_gone_changes_nothing():
    story = make_draft()
    before = StoryPage.objects.filter(pk=story.pk).values().get()

    where, text = sent(login(story.author), "check", story, found="0" * 64, word="en ø")

    assert "Ordene står der ikke længere." in text
    assert where == address("check", story)
    assert StoryPage.objects.filter(pk=story.pk).values().get() == before


def test_eight_answers_do_not_hide_that_something_is_missing():
    story = make_draft(would_do_differently="")

    answer = login(story.author).post(address("check", story), {"ticks": Tick.values})

    assert answer.status_code == 422
    assert "Hvad vi ville gøre anderledes" in answer.content.decode()
    assert StoryPage.objects.get(pk=story.pk).state == State.DRAFT


def test_eight_answers_do_not_hide_a_warning_without_a_reason():
    story = make_draft(hard=WARNED)

    answer = login(story.author).post(address("check", story), {"ticks": Tick.values})

    assert answer.status_code == 422
    assert StoryPage.objects.get(pk=story.pk).state != State.CONSENT


def test_a_consent_that_ends_before_the_reading_leaves_the_story_with_its_author():
    story = make_consented()
    consent = story.consents.get()

    where, text = sent(login(story.author), "consent", story, withdraw=consent.pk)

    assert "Samtykket er slut." in text
    assert where == address("consent", story)
    where, text = sent(login(story.author), "consent", story, send="1")
    assert "Borgerens samtykke mangler eller er udløbet." in text
    assert StoryPage.objects.get(pk=story.pk).state == State.CONSENT


def test_a_citizens_consent_that_ends_takes_the_published_story_away():
    story = make_published()

    where, text = sent(
        login(story.author), "consent", story, withdraw=story.consents.get(scope=Scope.INTERNAL).pk
    )

    assert "Samtykket er slut, og historien er væk." in text
    assert where == reverse("stories:mine")
    assert StoryPage.objects.get(pk=story.pk).state == State.WITHDRAWN


def test_another_storys_consent_is_not_ended_here():
    story, other = make_consented(), make_consented()

    answer = login(story.author).post(
        address("consent", story), {"withdraw": other.consents.get().pk}
    )

    assert answer.status_code == 404
    assert other.consents.filter(withdrawn_at=None).exists()


# What is published.


def test_a_story_has_an_address_by_its_number_for_those_who_may_read_it():
    inside, opened = make_published(), make_opened()
    reader, visitor = login(EmployeeFactory()), login(EmployeeFactory())
    visitor.logout()

    assert reader.get(address("by_number", inside))["Location"].endswith(inside.url)
    assert visitor.get(address("by_number", opened))["Location"].endswith(opened.url)
    assert visitor.get(address("by_number", inside))["Location"].startswith("/konto/login/")
    assert reader.get(address("by_number", make_draft())).status_code == 404


def test_a_new_text_that_was_begun_is_gone_on_with():
    story = make_published()
    begun = authoring.revise_story(actor=story.author, story=story)

    where, text = sent(login(story.author), "revise", story)

    assert where.startswith(address("draft", begun))
    assert "Den delte historie bliver stående" in text
    assert StoryPage.objects.get(revises=story) == begun


def test_what_is_not_shared_gets_no_new_text():
    story = make_draft()

    where, _text = sent(login(story.author), "revise", story)

    assert where == reverse("stories:mine")
    assert not StoryPage.objects.filter(revises=story).exists()


def test_a_story_that_nobody_asked_about_is_not_confirmed():
    story = make_published()

    where, text = sent(login(story.author), "still_true", story, months="12")

    assert "Historien venter ikke på at blive genlæst." in text
    assert where == story.url


@pytest.mark.parametrize("months", ["4", "0", "et år"])
def test_a_story_holds_for_three_six_or_twelve_months(months):
    story = make_published()
    StoryPage.objects.filter(pk=story.pk).update(state=State.REREAD)

    _where, text = sent(login(story.author), "still_true", story, months=months)

    assert "Vælg, hvor længe den gælder." in text
    assert StoryPage.objects.get(pk=story.pk).state == State.REREAD


@pytest.mark.parametrize(("extra", "back"), [({}, "mine"), ({"list": "1"}, "maintenance")])
def test_an_archived_story_is_seen_by_its_author_alone(extra, back):
    story = make_published()
    approver = make_approver()

    where, text = sent(login(approver), "archive", story, **extra)

    assert "Historien er arkiveret. Kun forfatteren kan se den nu." in text
    assert where == reverse(f"stories:{back}")
    assert StoryPage.objects.get(pk=story.pk).state == State.ARCHIVED
    assert login(approver).post(address("archive", story)).status_code == 404


def test_a_reader_withdraws_a_strangers_story_and_a_colleague_does_not_find_the_page():
    story = make_published()

    assert login(EmployeeFactory()).get(address("withdraw", story)).status_code == 404
    where, text = sent(login(make_approver()), "withdraw", story)

    assert "Historien er væk fra siden, listerne og søgningen." in text
    assert where == reverse("stories:index")


# The reader.


def test_a_text_that_changed_while_it_was_read_is_read_again():
    story = make_in_review()
    reader = login(make_approver())
    form = page(reader, address("review", story))
    digest = form.split('name="digest" value="', 1)[1].split('"', 1)[0]
    review.withdraw_from_review(actor=story.author, story=story)
    authoring.save_draft(actor=story.author, story=story, values={"hard": "Et helt andet slid."})
    StoryPage.objects.filter(pk=story.pk).update(state=State.READING)

    where, text = sent(reader, "review", story, approve="1", digest=digest)

    assert "Teksten blev ændret, mens du læste den. Læs den igen." in text
    assert where == reverse("stories:queue")
    assert StoryPage.objects.get(pk=story.pk).state == State.READING


def test_a_story_in_another_readers_hands_is_not_approved_and_can_be_let_go():
    story, first, second = make_in_review(), make_approver(), make_approver()
    claims.claim_review(actor=first, story=story)

    where, text = sent(login(second), "claim", story)
    assert where == reverse("stories:queue")
    assert "En kollega kigger på den lige nu." in text
    sent(login(first), "claim", story, release="1")

    assert sent(login(second), "claim", story)[0] == address("review", story)


def test_a_story_is_not_sent_back_without_a_reason():
    story = make_in_review()

    answer = login(make_approver()).post(address("review", story), {"send_back": "1"})

    assert answer.status_code == 422
    assert StoryPage.objects.get(pk=story.pk).state == State.READING


def test_a_consent_given_twice_is_one():
    story = make_consented()

    give_consent(story)

    assert story.consents.filter(withdrawn_at=None).count() == 1
