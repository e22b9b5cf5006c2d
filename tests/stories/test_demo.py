"""The demo shows what can be done with a story, and its facts fit as many citizens as it says."""

from __future__ import annotations

import pytest

from demo_content.files import read
from demo_content.loader import load_content
from demo_content.loading import MODULES_ABOVE
from kb.models import ThemeFollow
from people import demo as people_demo
from stories import demo
from stories.anonymity.anonymity_set import CaseCodes
from stories.domain import anonymity_set
from stories.enums import RenditionSize, ResponseKind, ResponseState, State
from stories.models import (
    StoryAppeal,
    StoryPage,
    StoryPicture,
    StoryRequest,
    StoryResponse,
    TagFollow,
)
from story_library import demo as library_demo

pytestmark = pytest.mark.django_db

CASES = [
    *[CaseCodes("aktivitetsparat", "phone", frozenset({"placement"}))] * 20,
    *[CaseCodes("ressourceforloeb", "in_person", frozenset({"placement", "health"}))] * 6,
    *[CaseCodes("jobparat", "walk", frozenset({"conversation"}))] * 3,
]


def test_the_demos_stories(caseload):
    caseload += CASES
    people_demo.load(read("people"))
    load_content()

    assert demo.load()["stories"] == 12
    assert library_demo.load()["story_requests"] == 2

    alike = {
        story.title: anonymity_set.anonymity_set_of(story) for story in StoryPage.objects.all()
    }
    rare = {title for title, similar in alike.items() if not similar.is_enough}
    assert rare == {"Lægens forsigtighed blev vores"}
    by_picture = StoryPicture.objects.get()
    assert by_picture.story.is_open
    assert by_picture.renditions.count() == len(RenditionSize)
    asked = StoryAppeal.objects.get()
    assert asked.story.state == State.READING
    assert asked.story.not_read_by == asked.review.reviewer
    changes = StoryResponse.objects.filter(kind=ResponseKind.CHANGED)
    assert set(changes.values_list("state", flat=True)) == set(ResponseState.values)
    assert StoryResponse.objects.filter(kind=ResponseKind.THANKS).exists()
    assert ThemeFollow.objects.exists()
    assert TagFollow.objects.exists()
    assert StoryRequest.objects.exclude(answered_by=None).count() == 1
    assert StoryRequest.objects.open().count() == 2


def test_cases_come_before_stories_and_stories_before_talks():
    order = [
        MODULES_ABOVE.index(name)
        for name in ("sparring.demo.cases", "stories.demo", "story_library.demo")
    ]

    assert order == sorted(order)
    assert order[1] < MODULES_ABOVE.index("sparring.demo.story_uses")
