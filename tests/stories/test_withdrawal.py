"""Withdrawal, and what it is kept away by (SEC-21); the stores: test_canary.py."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import Page

from people.roles import Role
from search import outbox
from search.engines import select
from search.engines.base import SearchRequest
from stories.content_review import decisions
from stories.domain import checking, consents, review, withdrawal
from stories.enums import Scope, State
from stories.models import StoryConsent, StoryPage, StoryTombstone
from stories.search_documents import published_stories, story_document
from tests.factories.people import EmployeeFactory
from tests.factories.stories import (
    make_approver,
    make_consented,
    make_draft,
    make_in_review,
    make_opened,
    make_published,
    saying,
)

pytestmark = pytest.mark.django_db
CANARY = "kanariefuglord"


def story_full_of_canaries(author=None):
    """Every text, the title, the address and a tag hold the word; its readers wrote it too."""
    author = author or EmployeeFactory()
    story = make_in_review(
        author,
        **saying(CANARY),
    )
    review.send_back(actor=make_approver(), story=story, reason=f"Mere om {CANARY}.")
    checking.submit_for_check(actor=author, story=story)
    checking.confirm_unrecognisable(actor=author, story=story, ticks=story.ticks)
    review.submit_for_review(actor=author, story=story)
    return review.approve(actor=make_approver(), story=story)


def deliver():
    outbox.deliver_batch()


def hits():
    request = SearchRequest(CANARY, acl=frozenset({"open", "login"}))
    return [hit.title for hit in select.postgres().search(request).hits]


def test_a_published_story_is_a_document_and_no_other_is():
    published = make_published()
    opened = make_opened()
    for make in (make_draft, make_consented, make_in_review):
        assert story_document(make()) is None

    assert set(published_stories()) == {published, opened}
    assert story_document(published).acl == {"login"}
    assert story_document(opened).acl == {"open"}


def test_a_withdrawn_story_does_not_come_back_by_a_late_index_job():
    story = story_full_of_canaries()
    withdrawal.withdraw_story(actor=story.author, story=story)

    outbox.enqueue("story", story.pk)
    deliver()

    assert hits() == []


def test_a_restored_story_is_withdrawn_again():
    story = make_published()
    row = StoryPage.objects.filter(pk=story.pk).values().get()
    withdrawal.withdraw_story(actor=story.author, story=story)
    # What a restore of yesterday's rows does: the text is there again, not yet live.
    StoryPage.objects.filter(pk=story.pk).update(
        state=State.ARCHIVED,
        **{name: row[name] for name in ("hard", "would_do_differently", "teaser")},
    )

    back = withdrawal.reapply_tombstones()

    assert back == [story]
    story.refresh_from_db()
    assert (story.state, story.hard) == (State.WITHDRAWN, "")
    assert withdrawal.reapply_tombstones() == []


def test_the_address_of_a_withdrawn_story_leads_to_no_other():
    first = make_published(title="Kaffe før alt andet")
    withdrawal.withdraw_story(actor=first.author, story=first)

    second = make_published(title="Kaffe før alt andet")

    assert first.slug == "kaffe-foer-alt-andet"
    assert second.slug == "kaffe-foer-alt-andet-2"
    assert str(StoryTombstone.objects.get().uid) == str(first.uid)


@pytest.mark.parametrize("by", ["author", "citizen"])
def test_what_stands_where_a_story_was_says_nothing_of_who_withdrew_it(client, by):
    story = make_published()
    address = story.url
    if by == "author":
        withdrawal.withdraw_story(actor=story.author, story=story)
    else:
        consents.withdraw_consent(actor=story.author, consent=story.consents.get())
    client.force_login(EmployeeFactory())

    answer = client.get(address)

    assert answer.status_code == 404
    text = answer.content.decode()
    assert "Alle, der er med i den, kan trække den tilbage når som helst." in text
    assert "orfatter" not in text


@pytest.mark.parametrize("roles", [[Role.CASEWORKER], [Role.EDITOR], [Role.ADMINISTRATOR]])
def test_a_stranger_withdraws_nothing(roles):
    with pytest.raises(PermissionDenied):
        withdrawal.withdraw_story(actor=EmployeeFactory(roles=roles), story=make_published())


def test_the_citizen_takes_the_consent_back_and_the_story_is_gone():
    story = make_published()

    consents.withdraw_consent(actor=story.author, consent=story.consents.get())

    story.refresh_from_db()
    assert (story.state, story.hard, story.title) == (State.WITHDRAWN, "", "Trukket tilbage")
    assert story.consents.get().withdrawn_at is not None


def test_a_consent_that_runs_out_takes_the_story_away():
    story = make_published()
    after = story.consents.get().expires_on + timedelta(days=1)

    ended = consents.end_expired_consents(today=after)

    assert [one.pk for one in ended] == [story.pk]
    assert StoryPage.objects.get(pk=story.pk).state == State.WITHDRAWN
    assert consents.end_expired_consents(today=after) == []


def test_a_consent_to_openness_that_runs_out_closes_the_story():
    story = make_opened()
    StoryConsent.objects.filter(scope=Scope.OPEN).update(
        given_on=timezone.localdate() - timedelta(days=30),
        expires_on=timezone.localdate() - timedelta(days=1),
    )

    consents.end_expired_consents()

    story.refresh_from_db()
    assert (story.state, story.is_open, story.live) == (State.PUBLISHED_INTERNAL, False, True)


def test_renewing_a_consent_keeps_one_row():
    story = make_consented()

    consents.register_consent(
        actor=story.author,
        story=story,
        party="citizen",
        scope="internal",
        given_on=timezone.localdate(),
    )

    assert story.consents.get().given_on == timezone.localdate()


def test_a_story_is_read_again_after_a_year():
    story = make_published()

    assert decisions.mark_due_stories(today=story.reread_on - timedelta(days=1)) == 0
    assert decisions.mark_due_stories(today=story.reread_on) == 1

    story.refresh_from_db()
    assert (story.state, story.is_published) == (State.REREAD, True)
    story = decisions.confirm_still_true(actor=story.author, story=story)
    assert story.state == State.PUBLISHED_INTERNAL
    assert story.reread_on > timezone.localdate() + timedelta(days=360)


def test_an_archived_story_is_the_authors_alone(client):
    story = make_published()

    decisions.archive_story(actor=story.author, story=story)

    client.force_login(EmployeeFactory())
    assert client.get(story.url).status_code == 404
    assert list(StoryPage.objects.written_by(story.author)) == [story]
    assert Page.objects.get(pk=story.pk).live is False
