"""The list of withdrawn stories beside the database: a restored one learns of them (SEC-21)."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from stories.domain import withdrawal
from stories.enums import State
from stories.models import StoryPage, StoryTombstone
from stories.tasks import keep_withdrawn_away
from stories.tombstone_file import read_lines, write_missing
from tests.factories.stories import make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(settings, tmp_path):
    settings.TOMBSTONE_FILE = str(tmp_path / "kept" / "withdrawn.jsonl")
    return Path(settings.TOMBSTONE_FILE)


def restored_from_yesterday(story):
    """The rows of a backup from before the withdrawal: the text is there, the tombstone is not."""
    row = StoryPage.objects.filter(pk=story.pk).values().get()
    withdrawal.withdraw_story(actor=story.author, story=story)
    write_missing()
    StoryTombstone.objects.all().delete()
    StoryPage.objects.filter(pk=story.pk).update(
        state=State.ARCHIVED,
        **{name: row[name] for name in ("hard", "would_do_differently", "teaser")},
    )


def replay(*files):
    out = StringIO()
    call_command("replay_tombstones", *files, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_a_withdrawal_is_on_the_list_once_it_is_committed(path, django_capture_on_commit_callbacks):
    story = make_published(title="Kaffe før kursus")

    with django_capture_on_commit_callbacks(execute=True):
        withdrawal.withdraw_story(actor=story.author, story=story)

    assert list(read_lines(path)) == [story.uid]
    assert "kaffe" not in path.read_text().lower()


def test_what_the_commit_could_not_write_the_job_writes_once(path):
    story = make_published()
    withdrawal.withdraw_story(actor=story.author, story=story)
    assert not path.exists()

    keep_withdrawn_away(0)
    keep_withdrawn_away(0)

    assert len(path.read_text().splitlines()) == 1


def test_a_database_of_yesterday_learns_of_todays_withdrawal(path):
    story = make_published()
    restored_from_yesterday(story)

    first, second = replay(), replay()

    assert first == {
        "on_the_list": 1,
        "new_to_the_database": 1,
        "withdrawn_again": 1,
        "new_to_the_list": 0,
    }
    assert (second["new_to_the_database"], second["withdrawn_again"]) == (0, 0)
    story.refresh_from_db()
    assert (story.state, story.hard, story.title) == (State.WITHDRAWN, "", "Trukket tilbage")


def test_lists_of_several_machines_are_read_together(path, tmp_path):
    first, second = make_published(), make_published()
    restored_from_yesterday(first)
    other = tmp_path / "other.jsonl"
    path.rename(other)
    restored_from_yesterday(second)

    assert replay(path, other)["withdrawn_again"] == 2


def test_a_torn_line_costs_nothing_but_itself(path):
    story, later = make_published(), make_published()
    withdrawal.withdraw_story(actor=story.author, story=story)
    write_missing()
    with path.open("a") as file:
        file.write('{"uid": "halv')
    withdrawal.withdraw_story(actor=later.author, story=later)

    assert write_missing() == 1
    assert set(read_lines(path)) == {story.uid, later.uid}


def test_a_list_that_is_not_there_is_said(path):
    with pytest.raises(CommandError, match=r"There is no list at .*withdrawn\.jsonl"):
        replay()


def test_what_was_done_is_told_in_lines(path):
    restored_from_yesterday(make_published())
    out = StringIO()

    call_command("replay_tombstones", stdout=out)

    assert out.getvalue().splitlines() == [
        "on the list: 1",
        "new to the database: 1",
        "withdrawn again: 1",
        "new to the list: 0",
    ]
