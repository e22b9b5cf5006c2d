"""“Bring it to a session”: a story is carried to the sparring one chooses, and lies on its
table.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from privacy.models import AuditEntry
from sparring.enums import SessionState
from sparring.models import SessionStory
from sparring.sessions.domain.themes import attach_story_to_session
from stories.domain.withdrawal import withdraw_story
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import SessionFactory, people_of, running_session, take_part
from tests.factories.sparring import CaseFactory
from tests.factories.stories import make_draft, make_published
from tests.stories.pages import login, page

pytestmark = pytest.mark.django_db
TABLE = "En af jer har taget det med."


def choosing(story):
    return reverse("sparring:attach_story", args=[story.pk])


def laying(session, story):
    return reverse("sparring:attach_story_to", args=[session.pk, story.pk])


def test_a_story_is_carried_to_the_chosen_session_and_lies_there_for_all_in_it():
    story = make_published(title="Kaffe før kursus")
    chosen = SessionFactory(starts_at=timezone.now() + timedelta(days=2))
    reader, leader = people_of(chosen)[:2]
    other = SessionFactory(
        starts_at=timezone.now() + timedelta(days=1),
        case=CaseFactory(owner=EmployeeFactory(unit=chosen.case.unit)),
    )
    take_part(other, reader, "colleague")
    client = login(reader)
    assert f'href="{choosing(story)}"' in page(client, story.url)
    html = page(client, choosing(story))
    assert "Tag med til sparring" in html
    assert html.index(other.case.code) < html.index(chosen.case.code)

    answer = client.post(laying(chosen, story))

    assert answer.url == choosing(story)
    assert "Historien ligger på bordet" in page(client, choosing(story))
    html = page(login(leader), reverse("sparring:session", args=[chosen.pk]))
    assert "Kaffe før kursus" in html.split(TABLE)[1]
    assert TABLE not in page(client, reverse("sparring:session", args=[other.pk]))
    assert AuditEntry.objects.filter(action="session.bring_story").count() == 1


def test_it_is_taken_off_again_and_twice_is_as_once():
    story, session = make_published(title="Kaffe før kursus"), running_session()
    reader, leader = people_of(session)[:2]
    client = login(leader)
    its_session = reverse("sparring:session", args=[session.pk])

    for _time in range(2):
        client.post(laying(session, story))
    assert SessionStory.objects.count() == 1
    assert "Kaffe før kursus" in page(login(reader), its_session).split(TABLE)[1]
    for _time in range(2):
        login(reader).post(laying(session, story), {"off": "1"})

    assert not SessionStory.objects.exists()
    assert TABLE not in page(client, its_session)
    assert AuditEntry.objects.filter(action="session.bring_story").count() == 2


def test_without_a_sparring_ahead_the_page_says_what_to_do():
    story, reader = make_published(), EmployeeFactory()
    past = SessionFactory(starts_at=timezone.now() - timedelta(days=1))
    take_part(past, reader, "colleague")

    html = page(login(reader), choosing(story))

    assert "Du har ingen sparring på vej" in html
    assert reverse("sparring:case_list") in html
    assert past.case.code not in html
    assert reverse("stories:keep", args=[story.pk]) in html


def test_nobody_brings_to_others_sessions_nor_what_they_cannot_read():
    session, story, draft = running_session(), make_published(), make_draft()
    stranger, presenter = EmployeeFactory(), people_of(session)[0]

    assert login(stranger).post(laying(session, story)).status_code == 404
    assert login(presenter).post(laying(session, draft)).status_code == 404
    assert login(stranger).get(choosing(draft)).status_code == 404
    assert session.case.code not in page(login(stranger), choosing(story))
    with pytest.raises(PermissionDenied):
        attach_story_to_session(actor=stranger, session=session, story=story, is_there=True)
    with pytest.raises(PermissionDenied):
        attach_story_to_session(actor=presenter, session=session, story=draft, is_there=True)


@pytest.mark.parametrize("state", [SessionState.CLOSED, SessionState.AWAITING_OUTCOME])
def test_nothing_is_brought_to_a_session_that_is_over(state):
    session, story = SessionFactory(), make_published()
    session.state = state
    session.save()

    with pytest.raises(ValidationError):
        attach_story_to_session(
            actor=people_of(session)[0], session=session, story=story, is_there=True
        )


def test_a_withdrawn_story_lies_on_no_table():
    session, story = running_session(), make_published(title="Kaffe før kursus")
    presenter = people_of(session)[0]
    attach_story_to_session(actor=presenter, session=session, story=story, is_there=True)

    withdraw_story(actor=story.author, story=story)

    assert "Kaffe" not in page(login(presenter), reverse("sparring:session", args=[session.pk]))


def test_nobody_is_named():
    assert "employee" not in {field.name for field in SessionStory._meta.get_fields()}
