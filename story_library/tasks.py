"""The job of the library: the followers' news."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from story_library.domain.announcing import announce_story


@app.task(name="story_library.announce", retry=RetryStrategy(max_attempts=5, wait=30))
def announce(*, story_id: int) -> None:
    """Tell the followers of its themes and tags; run twice, it tells nobody twice."""
    announce_story(story_id=story_id)
