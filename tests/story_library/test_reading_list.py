"""Bookmarks are one's own; requests ask colleagues and name nobody; sessions are counted."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from people.roles import Role
from sparring.enums import ParticipantRole
from sparring.models import StoryUse
from sparring.sessions.domain.story_uses import toggle_story_use
from stories.content_review import decisions
from stories.domain import withdrawal
from stories.models import Bookmark, StoryRequest, TagFollow
from stories.search_documents import used
from stories.use_counter import uses_of
from story_library.domain import bookmarks, story_requests
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import SessionFactory, people_of, running_session, take_part
from tests.factories.sparring import CaseFactory
from tests.factories.stories import make_approver, make_draft, make_home, make_published
from tests.stories.pages import login, page, queries_of

pytestmark = pytest.mark.django_db


def test_a_kept_story_is_on_ones_own_list_only():
    story, visitor = make_published(), EmployeeFactory()
    client = login(visitor)

    client.post(reverse("stories:keep", args=[story.pk]), {"keep": "yes"})
    client.post(reverse("stories:keep", args=[story.pk]), {"keep": "yes"})

    assert story.title in page(client, reverse("stories:reading_list"))
    assert story.title not in page(login(EmployeeFactory()), reverse("stories:reading_list"))
    assert Bookmark.objects.count() == 1
    client.post(reverse("stories:keep", args=[story.pk]), {"keep": "no", "list": "1"})
    assert story.title not in page(client, reverse("stories:reading_list"))


def test_a_story_off_the_lists_is_off_the_reading_list():
    story, visitor = make_published(), EmployeeFactory()
    bookmarks.add_bookmark(actor=visitor, story=story)

    decisions.archive_story(actor=story.author, story=story)

    assert story.title not in page(login(visitor), reverse("stories:reading_list"))


def test_nobody_keeps_what_they_may_not_read():
    draft, stranger = make_draft(), EmployeeFactory()

    with pytest.raises(PermissionDenied):
        bookmarks.add_bookmark(actor=stranger, story=draft)
    address = reverse("stories:keep", args=[draft.pk])
    assert login(stranger).post(address, {"keep": "yes"}).status_code == 404


def test_the_reading_list_costs_the_same_for_three_stories_as_for_one():
    visitor = EmployeeFactory()
    client, counts = login(visitor), []
    for _ in range(3):
        bookmarks.add_bookmark(actor=visitor, story=make_published())
        client.get(reverse("stories:reading_list"))
        counts.append(queries_of(client, reverse("stories:reading_list")))

    assert counts[0] == counts[2]


def test_a_tag_is_followed_only_while_a_readable_story_has_it():
    story, hidden = make_published(tags=["lyst"]), make_draft(tags=["hemmeligt"])
    visitor = EmployeeFactory()

    bookmarks.follow_tag(actor=visitor, tag=story.tags.get())
    with pytest.raises(PermissionDenied):
        bookmarks.follow_tag(actor=visitor, tag=hidden.tags.get())

    withdrawal.withdraw_story(actor=story.author, story=story)
    assert not TagFollow.objects.exists()


def test_a_wish_shows_with_the_municipality_and_no_name():
    make_home()
    asker = EmployeeFactory(first_name="Ingeborg", last_name="Ønskesen")
    client = login(asker)

    client.post(reverse("stories:request_story"), {"topic": "En prøvedag i et køkken", "text": ""})

    for address in (reverse("stories:story_requests"), "/"):
        html = page(login(EmployeeFactory(roles=[Role.CASEWORKER])), address)
        assert "En prøvedag i et køkken" in html
        assert "Ingeborg" not in html
        assert "Ønskesen" not in html
    assert str(asker.municipality) in page(client, reverse("stories:story_requests"))


@pytest.mark.parametrize("text", ["Ring til 20 12 34 56", "Hun er 47 år og hedder Hanne Jensen"])
def test_a_wish_that_points_at_somebody_is_refused(text):
    with pytest.raises(ValidationError) as refused:
        story_requests.request_story(actor=EmployeeFactory(), topic="Et besøg", text=text)

    assert "text" in refused.value.message_dict
    assert not StoryRequest.objects.exists()


def test_a_wish_is_answered_by_a_story_and_waits_again_when_that_is_withdrawn():
    story, asker, other = make_published(), EmployeeFactory(), EmployeeFactory()
    story_request = story_requests.request_story(actor=asker, topic="Et besøg")

    response = login(other).post(
        reverse("stories:answer_story_request", args=[story_request.pk]), {"story": story.pk}
    )

    assert response.status_code == 302
    assert story.title in page(login(asker), reverse("stories:story_requests"))
    assert not StoryRequest.objects.open().exists()
    withdrawal.withdraw_story(actor=story.author, story=story)
    assert StoryRequest.objects.open().get() == story_request


def test_a_draft_answers_no_wish():
    story_request = story_requests.request_story(actor=EmployeeFactory(), topic="Et besøg")
    draft, stranger = make_draft(), EmployeeFactory()

    with pytest.raises(PermissionDenied):
        story_requests.answer_story_request(
            actor=stranger, story_request=story_request, story=draft
        )
    address = reverse("stories:answer_story_request", args=[story_request.pk])
    assert login(stranger).post(address, {"story": draft.pk}).status_code == 422


def test_a_wish_is_taken_back_by_whoever_made_it_or_an_approver():
    asker = EmployeeFactory()
    first, second = (story_requests.request_story(actor=asker, topic=f"Besøg {n}") for n in "ab")
    address = reverse("stories:answer_story_request", args=[first.pk])

    assert login(EmployeeFactory()).post(address, {"close": "1"}).status_code == 404
    login(asker).post(address, {"close": "1"})
    story_requests.withdraw_story_request(actor=make_approver(), story_request=second)

    assert not StoryRequest.objects.open().exists()


def test_nobody_has_more_than_five_wishes_waiting():
    asker = EmployeeFactory()
    for number in range(5):
        story_requests.request_story(actor=asker, topic=f"Besøg {number}")

    with pytest.raises(ValidationError):
        story_requests.request_story(actor=asker, topic="Et besøg mere")


def test_a_filter_that_finds_nothing_offers_to_ask():
    make_published()

    html = page(login(EmployeeFactory()), "/historier/?udfald=not_succeeded")

    assert reverse("stories:request_story") in html


def test_a_story_counts_the_talks_that_used_it_and_names_nobody():
    story, session = make_published(), running_session()
    visitor = people_of(session)[0]
    address = reverse("sparring:session_used", args=[session.pk, story.pk])

    assert login(visitor).post(address).status_code == 302
    toggle_story_use(actor=story.author, session=_talk_of(story.author), story=story)

    assert uses_of([story.pk]) == {story.pk: 2}
    assert "i 2 sparringer" in page(login(EmployeeFactory()), story.url)
    assert used([str(story.pk)]) == {str(story.pk): "brugt i 2 sparringer"}
    login(visitor).post(address)
    assert uses_of([story.pk]) == {story.pk: 1}
    assert "employee" not in {field.name for field in StoryUse._meta.get_fields()}


def _talk_of(employee):
    session = SessionFactory(case=CaseFactory(owner=EmployeeFactory(unit=employee.unit)))
    take_part(session, employee, ParticipantRole.COLLEAGUE)
    return session


def test_only_those_in_a_talk_say_what_it_used():
    story, session, stranger = make_published(), running_session(), EmployeeFactory()

    with pytest.raises(PermissionDenied):
        toggle_story_use(actor=stranger, session=session, story=story)
    address = reverse("sparring:session_used", args=[session.pk, story.pk])
    assert login(stranger).post(address).status_code == 404
    draft = make_draft()
    address = reverse("sparring:session_used", args=[session.pk, draft.pk])
    assert login(people_of(session)[0]).post(address).status_code == 404
