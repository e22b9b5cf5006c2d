"""All texts of a story that a visitor can read, for the checks. No database."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from stories.models import StoryPage


class TextPart(NamedTuple):
    """One text: the form field it is written in, its name on screen, and itself."""

    field: str
    label: str | Promise
    text: str


def text_parts(story: StoryPage) -> list[TextPart]:
    """All texts of a story in reading order, the empty ones left out (SEC-23).

    The address is included once it is made of the title.
    """
    parts = [
        TextPart("title", _("Title"), story.title),
        TextPart("teaser", _("Teaser"), story.teaser),
        TextPart("hard", _("What was hard?"), story.hard),
        TextPart("turning_point", _("The turning point"), story.turning_point),
        *_steps(story),
        TextPart("quote", _("A sentence to remember"), story.quote),
        TextPart(
            "would_do_differently", _("What would you do differently?"), story.would_do_differently
        ),
        *(
            TextPart("try_tomorrow", _("What you can try tomorrow"), line)
            for line in story.try_tomorrow
        ),
        *_pictures(story),
        TextPart("tags", _("Tags"), ", ".join(sorted(story.tags.names()))),
        TextPart("slug", _("Address"), _address(story)),
        TextPart("seo_title", _("Title for search engines"), story.seo_title),
        TextPart("search_description", _("Description"), story.search_description),
    ]
    return [part for part in parts if part.text.strip()]


def _steps(story: StoryPage) -> list[TextPart]:
    return [
        TextPart("steps", _("What did you do?"), f"{step['title']}. {step['text']}".strip())
        for step in story.steps
    ]


def _pictures(story: StoryPage) -> list[TextPart]:
    return [
        TextPart("pictures", _("Picture"), words)
        for picture in story.pictures.all()
        for words in (picture.alt, picture.caption)
    ]


def _address(story: StoryPage) -> str:
    return "" if story.slug.startswith("kladde-") else story.slug.replace("-", " ")


def reading_minutes(story: StoryPage) -> int:
    """Minutes to read the story at 200 words a minute; at least 1."""
    words = sum(len(part.text.split()) for part in text_parts(story))
    return max(1, round(words / 200))
