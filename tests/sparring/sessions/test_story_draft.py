"""From a session's outcome to a story: what goes along, and what the teller writes."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sparring.enums import ByRole
from sparring.sessions.domain.outcomes import close_session
from sparring.sessions.domain.story_draft import draft_story
from tests.factories.sessions import running_session
from tests.factories.sparring import BeliefFactory
from tests.factories.stories import make_home

from .test_outcomes import agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    """A draft about a case with three beliefs of the caseworker's and two of the citizen's."""
    make_home()
    session = running_session()
    for value in (2, 3):
        BeliefFactory(case=session.case, value=value)
        BeliefFactory(case=session.case, by_role=ByRole.CITIZEN, value=value + 5)
    outcome = close_session(
        actor=session.case.owner, session=session, agreement=agreement(session, value=6)
    )
    return draft_story(actor=session.case.owner, outcome=outcome)


def test_the_belief_is_the_tellers_memory_and_not_taken_from_the_case(story):
    assert (story.caseworker_beliefs, story.citizen_beliefs) == ([], [])
    assert story.action_kinds == ["company_visit"]


def test_the_form_asks_for_the_numbers_and_holds_none_of_them(client, story):
    client.force_login(story.author)

    page = client.get(reverse("stories:step", args=[story.pk, "laeringen"]))

    assert "Tallene hentes ikke fra sagen" in page.content.decode()
    names = [f"{who}_{n}" for who in ("caseworker", "citizen") for n in (1, 2, 3)]
    assert [page.context["form"][name].value() for name in names] == [None] * 6
