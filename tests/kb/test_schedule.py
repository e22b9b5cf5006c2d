"""What does not follow the clock, and what keeps no other back (kb/domain/schedule.py)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from kb.models import KeyFigure
from stories.enums import State
from stories.models import StoryPage
from tests.factories.kb import KeyFigureFactory, PublicationPageFactory
from tests.factories.stories import make_in_review, make_published
from tests.kb.test_timers import START, at, run
from tests.stories.test_publication import _forged_revision

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _postgres_only(settings):
    settings.ELASTICSEARCH_URL = ""


def test_a_story_does_not_follow_the_clock_and_keeps_nobody_back():
    """Whatever stands in its row or in a forged revision; the page beside it goes live."""
    read, shared = make_in_review(), make_published()
    forged = _forged_revision(read, title="Udenom")
    soon = timezone.now() - HOUR
    type(forged).objects.filter(pk=forged.pk).update(approved_go_live_at=soon)
    Page.objects.filter(pk=shared.pk).update(expire_at=soon)
    with at(soon - HOUR):
        page = PublicationPageFactory(live=False, go_live_at=soon)
        page.save_revision().publish()

    assert run("kb.follow_the_clock", after=timezone.now()) == 1

    page.refresh_from_db()
    rows = {row.pk: (row.live, row.state) for row in StoryPage.objects.all()}
    assert page.live
    assert rows[read.pk] == (False, State.READING)
    assert rows[shared.pk] == (True, State.PUBLISHED_INTERNAL)


def test_one_that_is_refused_keeps_no_other_back(caplog):
    """A figure that is not whole is refused by the database; the next one goes live."""
    with at(START):
        broken, whole = (KeyFigureFactory(go_live_at=START + HOUR) for _number in range(2))
        for figure in (broken, whole):
            figure.save_revision().publish()
        revision = broken.latest_revision
        revision.content["population"] = ""
        revision.save()

    assert run("kb.follow_the_clock", after=START + HOUR) == 1

    assert list(KeyFigure.objects.filter(live=True)) == [whole]
    assert "could not follow the clock" in caplog.text


def test_what_was_over_before_it_began_is_not_shown():
    """A worker that was away through the whole time."""
    with at(START):
        page = PublicationPageFactory(
            live=False, go_live_at=START + HOUR, expire_at=START + 2 * HOUR
        )
        page.save_revision().publish()

    run("kb.follow_the_clock", after=START + 5 * HOUR)

    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)
