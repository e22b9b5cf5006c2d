"""Stories as RSS, filtered by permission on every request and never cached."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _

from people.mails import absolute

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stories.models import StoryPage

MOST = 30


def rss(stories: Iterable[StoryPage], *, title: str, path: str) -> str:
    """The feed's text; every link is absolute. An internal story shows its title only."""
    feed = Rss201rev2Feed(
        title=title,
        link=absolute(reverse("stories:index")),
        description=_("What colleagues tell: what was hard, what turned it, what they did."),
        feed_url=absolute(path),
        language="da",
    )
    for story in stories:
        feed.add_item(
            title=story.title,
            link=absolute(story.url),
            description=story.teaser if story.is_open else "",
            unique_id=f"urn:uuid:{story.uid}",
            unique_id_is_permalink=False,
            pubdate=story.approved_at or _begin(),
        )
    return str(feed.writeString("utf-8"))


def _begin() -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
