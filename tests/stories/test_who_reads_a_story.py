"""Which stories a person may read, change, review or open, asked one by one (docs/domain.md B5)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from people.roles import Role
from stories.domain.withdrawal import withdraw_story
from stories.enums import Scope, State
from stories.models import StoryConsent, StoryPage
from tests.factories.people import EmployeeFactory
from tests.factories.stories import (
    make_approver,
    make_draft,
    make_in_review,
    make_opened,
    make_published,
)

pytestmark = pytest.mark.django_db
ANYBODY = AnonymousUser()


class Shelf:
    """One author's stories: a draft, one that is being read, one shared, one open to everybody."""

    def __init__(self):
        self.author = EmployeeFactory()
        self.draft = make_draft(self.author)
        self.read = make_in_review(self.author)
        self.shared = make_published(self.author)
        self.open = make_opened(self.author)

    def names(self, stories):
        pks = set(stories.values_list("pk", flat=True))
        return {name for name, story in vars(self).items() if getattr(story, "pk", 0) in pks}


@pytest.fixture
def shelf():
    return Shelf()


def left(person):
    person.is_active = False
    return person


def change(row, **values):
    type(row).objects.filter(pk=row.pk).update(**values)


def test_what_is_published_is_shared_or_open_and_the_newest_comes_first(shelf):
    assert shelf.names(StoryPage.objects.published()) == {"shared", "open"}
    assert shelf.names(StoryPage.objects.published_for(EmployeeFactory())) == {"shared", "open"}
    for visitor in (ANYBODY, left(EmployeeFactory())):
        assert shelf.names(StoryPage.objects.published_for(visitor)) == {"open"}
    change(shelf.shared, approved_at=timezone.now() + timedelta(days=1))

    newest = list(StoryPage.objects.published().newest_first().values_list("pk", flat=True))

    assert newest == [shelf.shared.pk, shelf.open.pk]


def test_authors_write_all_of_their_own_and_editors_those_of_the_municipality(shelf):
    everything = {"draft", "read", "shared", "open"}

    assert shelf.names(StoryPage.objects.written_by(shelf.author)) == everything
    assert shelf.names(StoryPage.objects.editable_by(shelf.author)) == everything
    colleague = EmployeeFactory(unit=shelf.author.unit)
    assert shelf.names(StoryPage.objects.written_by(colleague)) == set()
    assert shelf.names(StoryPage.objects.editable_by(colleague)) == set()

    near, far = EmployeeFactory(unit=shelf.author.unit, editor=True), EmployeeFactory(editor=True)
    assert shelf.names(StoryPage.objects.editable_by(near)) == everything
    assert shelf.names(StoryPage.objects.editable_by(far)) == set()
    nowhere = EmployeeFactory(unit=None, editor=True)
    assert shelf.names(StoryPage.objects.editable_by(nowhere)) == set()
    withdrawn = make_draft(shelf.author)
    withdraw_story(actor=shelf.author, story=withdrawn)
    assert withdrawn not in StoryPage.objects.editable_by(shelf.author)


def test_reviewers_read_what_they_neither_wrote_nor_changed_nor_refused(shelf):
    reviewer = make_approver()
    assert shelf.names(StoryPage.objects.awaiting_review_by(reviewer)) == {"read"}
    assert shelf.names(StoryPage.objects.awaiting_review_by(EmployeeFactory())) == set()

    shelf.author.roles = [Role.CASEWORKER, Role.APPROVER]
    assert shelf.names(StoryPage.objects.awaiting_review_by(shelf.author)) == set()
    change(shelf.read, last_editor=reviewer)
    assert shelf.names(StoryPage.objects.awaiting_review_by(reviewer)) == set()

    first, second = make_approver(), make_approver()
    change(shelf.read, not_read_by=first)

    assert shelf.names(StoryPage.objects.awaiting_review_by(first)) == set()
    assert shelf.names(StoryPage.objects.awaiting_review_by(second)) == {"read"}
    assert shelf.names(StoryPage.objects.not_by(second)) == {"draft", "read", "shared", "open"}
    assert shelf.names(StoryPage.objects.not_by(first)) == {"draft", "shared", "open"}


def test_the_text_and_the_pictures_are_seen_by(shelf):
    assert shelf.names(StoryPage.objects.seen_by(ANYBODY)) == {"open"}
    assert shelf.names(StoryPage.objects.seen_by(EmployeeFactory())) == {"shared", "open"}
    assert shelf.names(StoryPage.objects.seen_by(make_approver())) == {"read", "shared", "open"}
    everything = {"draft", "read", "shared", "open"}
    assert shelf.names(StoryPage.objects.seen_by(shelf.author)) == everything
    assert shelf.names(StoryPage.objects.seen_by(left(shelf.author))) == {"open"}


class TestOpening:
    @pytest.fixture
    def story(self):
        return make_published(scopes=(Scope.INTERNAL, Scope.OPEN))

    def openable(self, person):
        return list(StoryPage.objects.openable_by(person).values_list("pk", flat=True))

    def test_another_reviewer_of_another_unit_opens_it(self, story):
        assert self.openable(make_approver()) == [story.pk]
        assert self.openable(EmployeeFactory()) == []
        assert self.openable(make_approver(unit=story.author.unit)) == []
        assert self.openable(story.approved_by) == []

    def test_neither_who_wrote_nor_who_changed_it_opens_it(self, story):
        editor = make_approver()
        change(story, last_editor=editor)

        assert self.openable(editor) == []

    def test_the_citizen_has_to_have_consented_to_that(self, story):
        consent = story.consents.get(scope=Scope.OPEN, party="citizen")
        change(consent, withdrawn_at=timezone.now())

        assert self.openable(make_approver()) == []

    def test_on_the_first_and_the_last_day_of_the_consent_it_counts(self, story):
        consent = story.consents.get(scope=Scope.OPEN, party="citizen")
        days = {"given_on": consent.given_on, "expires_on": consent.expires_on}
        one = timedelta(days=1)

        def counting(day):
            return StoryPage.objects.with_citizens_consent(Scope.OPEN, day).exists()

        assert counting(days["given_on"])
        assert counting(days["expires_on"])
        assert not counting(days["given_on"] - one)
        assert not counting(days["expires_on"] + one)
        assert StoryConsent.objects.filter(pk=consent.pk).exists()

    def test_what_is_open_already_or_no_longer_live_is_not_opened(self, story):
        change(story, live=False)

        assert self.openable(make_approver()) == []
        assert story.state == State.PUBLISHED_INTERNAL
