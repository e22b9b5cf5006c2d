"""A job is deferred by its name, and only by a name that a task has."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued, TaskNotFound

from privacy.jobs import defer

pytestmark = pytest.mark.django_db


def test_a_job_waits_with_its_arguments():
    defer("story_library.announce", story_id=7)

    job = ProcrastinateJob.objects.get(task_name="story_library.announce")
    assert (job.args, job.scheduled_at) == ({"story_id": 7}, None)


def test_a_job_can_wait_for_some_seconds():
    defer("search.words", wait_seconds=60)

    job = ProcrastinateJob.objects.get(task_name="search.words")
    assert job.scheduled_at > timezone.now() + timedelta(seconds=30)


def test_a_name_that_no_task_has_is_refused():
    with pytest.raises(TaskNotFound):
        defer("stories.no_such_job")


def test_a_job_that_may_wait_once_is_not_deferred_twice():
    defer("search.words")

    with pytest.raises(AlreadyEnqueued):
        defer("search.words")
