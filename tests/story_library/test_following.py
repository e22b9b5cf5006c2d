"""Following themes and tags: messages without a word of the story, and feeds."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kb.domain.follows import follow_theme
from people.domain.feeds import owner_of, renew_feed
from people.domain.notification_choices import choose
from people.domain.sending import send_digest
from people.enums import FeedKind, Frequency, Topic
from people.models import FeedToken
from stories.content_review import decisions
from stories.domain import withdrawal
from story_library.domain import bookmarks
from story_library.domain.announcing import announce_story
from tests.factories.people import EmployeeFactory
from tests.factories.stories import make_draft, make_opened, make_published, make_theme
from tests.sent_notifications import told
from tests.stories.pages import login, page

pytestmark = pytest.mark.django_db


def items(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/rss+xml")
    assert "no-store" in response["Cache-Control"]
    channel = ElementTree.fromstring(response.content).find("channel")
    return {item.findtext("title"): item.findtext("link") for item in channel.findall("item")}


def follower(theme, **choices):
    employee = EmployeeFactory(email="bo@example.org")
    follow_theme(actor=employee, theme=theme)
    if choices:
        choose(actor=employee, employee=employee, frequencies=choices)
    return employee


def test_a_follower_is_told_once_and_no_word_of_the_story_is_in_the_mail():
    theme = make_theme(nav_title="Tro uden handling")
    employee = follower(theme)
    story = make_published(themes=[theme], title="Kaffe før kursus")

    assert [announce_story(story_id=story.pk) for _ in range(2)] == [1, 0]
    assert send_digest(employee.pk, at=timezone.now() + timedelta(days=1)) == 1

    (sent,) = mail.outbox
    assert "Tro uden handling" in sent.body
    assert f"{settings.BASE_URL}/historier/{story.pk}/" in sent.body
    for word in ("Kaffe", "kaffe", story.slug, story.teaser):
        assert word not in sent.body + sent.subject


def test_the_short_address_leads_to_the_story_for_those_who_may_read_it():
    story, draft = make_published(), make_draft()
    address = reverse("stories:by_number", args=[story.pk])

    assert login(EmployeeFactory()).get(address)["Location"] == story.url
    assert Client().get(address)["Location"].startswith("/konto/")
    hidden = reverse("stories:by_number", args=[draft.pk])
    assert login(EmployeeFactory()).get(hidden).status_code == 404


def test_a_tag_is_followed_from_the_story_and_tells_too():
    first = make_published(tags=["lyst"])
    visitor = EmployeeFactory()
    client = login(visitor)
    assert reverse("stories:follow_tag", args=["lyst"]) in page(client, first.url)

    client.post(reverse("stories:follow_tag", args=["lyst"]), {"follow": "yes"})
    second = make_published(tags=["lyst"])

    assert announce_story(story_id=second.pk) == 1
    assert second.title in page(client, reverse("stories:following"))


def test_whoever_wants_no_such_mail_gets_none():
    theme = make_theme()
    follower(theme, **{Topic.FOLLOWED: Frequency.NEVER})

    assert announce_story(story_id=make_published(themes=[theme]).pk) == 0
    assert not told("story_library.followed").exists()


@pytest.mark.parametrize("leave", [withdrawal.withdraw_story, decisions.archive_story])
def test_a_message_that_waits_is_dropped_when_the_story_goes(leave):
    theme = make_theme()
    employee = follower(theme)
    story = make_published(themes=[theme])
    announce_story(story_id=story.pk)

    leave(actor=story.author, story=story)

    assert send_digest(employee.pk, at=timezone.now() + timedelta(days=1)) == 0
    assert mail.outbox == []
    assert announce_story(story_id=story.pk) == 0


def test_the_open_feed_holds_open_stories_with_absolute_links():
    theme = make_theme()
    opened, internal = make_opened(themes=[theme]), make_published(themes=[theme])
    make_opened()

    everything = items(Client(), reverse("stories:open_feed"))
    of_theme = items(Client(), reverse("stories:open_feed_of", args=["tema", theme.number]))

    assert everything[opened.title] == settings.BASE_URL + opened.url
    assert internal.title not in everything
    assert list(of_theme) == [opened.title]
    assert Client().get(reverse("stories:open_feed_of", args=["tema", 9999])).status_code == 404


def test_a_tag_that_only_internal_stories_have_has_no_open_feed():
    make_published(tags=["internt"])
    opened = make_opened(tags=["åbent"])
    tag = opened.tags.get()

    assert list(items(Client(), reverse("stories:open_feed_of", args=["emne", tag.slug])))
    address = reverse("stories:open_feed_of", args=["emne", "internt"])
    assert Client().get(address).status_code == 404


def test_ones_own_feed_needs_the_key_and_ends_with_it():
    internal, theme = make_published(), make_theme()
    followed = make_published(themes=[theme])
    visitor = follower(theme)
    client = login(visitor)
    html = client.post(reverse("stories:feed_address"), {"action": "renew"}).content.decode()
    key = html.split("/historier/rss-egen/")[1].split("/")[0]
    address = reverse("stories:own_feed", args=[key])

    assert {internal.title, followed.title} <= set(items(Client(), address))
    assert list(items(Client(), f"{address}foelger/")) == [followed.title]
    assert not FeedToken.objects.filter(digest=key).exists()
    assert Client().get(reverse("stories:own_feed", args=["forkert"])).status_code == 404

    client.post(reverse("stories:feed_address"), {"action": "revoke"})
    assert Client().get(address).status_code == 404


def test_a_new_key_or_a_left_job_ends_the_old_key():
    visitor = EmployeeFactory()
    old = renew_feed(actor=visitor, kind=FeedKind.STORIES)
    new = renew_feed(actor=visitor, kind=FeedKind.STORIES)

    assert owner_of(old, FeedKind.STORIES) is None
    assert owner_of(new, FeedKind.STORIES) == visitor
    visitor.is_active = False
    visitor.save()
    assert owner_of(new, FeedKind.STORIES) is None


def test_a_withdrawn_story_is_in_no_feed():
    story = make_opened()
    key = renew_feed(actor=EmployeeFactory(), kind=FeedKind.STORIES)
    title = story.title
    own = reverse("stories:own_feed", args=[key])
    assert title in items(Client(), own)

    withdrawal.withdraw_story(actor=story.author, story=story)

    assert title not in items(Client(), own)
    assert title not in items(Client(), reverse("stories:open_feed"))


def test_an_unfollowed_tag_is_no_longer_told():
    story, visitor = make_published(tags=["lyst"]), EmployeeFactory()
    tag = story.tags.get()
    bookmarks.follow_tag(actor=visitor, tag=tag)

    login(visitor).post(reverse("stories:follow_tag", args=["lyst"]), {"follow": "no"})

    assert announce_story(story_id=story.pk) == 0


def test_a_tag_leads_to_the_list_of_its_stories():
    tagged, other = make_published(tags=["små skridt"]), make_published(tags=["andet"])
    client = login(EmployeeFactory())
    slug = tagged.tags.get().slug
    assert f"/historier/?emne={quote(slug)}".encode() in client.get(tagged.url).content

    html = page(client, f"/historier/?emne={slug}")

    assert tagged.title in html
    assert other.title not in html
    assert "små skridt" in html
    assert 'value="andet"' not in html
