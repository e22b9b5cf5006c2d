"""What the demo's employees do with stories: respond, bookmark, follow, request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from kb.domain.follows import follow_theme
from people.models import Employee
from people.roles import Role
from stories.enums import ResponseKind, ResponseState
from stories.models import StoryPage, StoryRequest
from story_library.domain import bookmarks, responses, story_requests

TRIED = (
    "Vi ringede til borgeren i stedet for at sende et brev. Samtalen blev på tolv minutter, "
    "og vi aftalte et besøg.",
    "Det tog to forsøg. Anden gang havde borgeren selv et forslag med.",
)
CHANGED = (
    "Vi har skrevet »hvad savner du?« ind i vores skabelon til den første samtale.",
    "Overdragelser hos os begynder nu med borgerens egne ord, før sagens historik.",
)
STORY_REQUESTS = (
    (
        "En prøvedag, som ikke førte til noget",
        "Hvordan talte I med borgeren bagefter, og hvad blev det næste skridt?",
    ),
    ("Et samarbejde med egen læge, der gik i gang på få uger", ""),
)
ANSWERED = (
    "Nogle få lønnede timer, der blev til flere",
    "Hvor få timer begyndte I med, og hvem spurgte arbejdspladsen?",
)
NO_CHANGE = "Skriv, hvad I gør anderledes nu. Der står endnu ikke, hvad der er ændret."
# The moderator's decision about "we have changed something", story by story.
READINGS = (
    ResponseState.SHOWN,
    ResponseState.WAITING,
    ResponseState.REFUSED,
    ResponseState.WAITING,
    ResponseState.SHOWN,
)
DAYS_AHEAD = 14


@transaction.atomic
def load() -> dict[str, int]:
    """Use the demo's stories unless somebody has; returns how many of each kind were made."""
    if StoryRequest.objects.exists():
        return {"responses": 0}
    return use_stories(list(StoryPage.objects.published().order_by("pk")))


def use_stories(stories: Sequence[StoryPage]) -> dict[str, int]:
    """Create responses, bookmarks, follows and requests; returns how many of each."""
    people = list(Employee.objects.with_role(Role.CASEWORKER).order_by("pk"))
    made = 0
    for index, story in enumerate(stories):
        for number, person in enumerate(people):
            if person.pk != story.author_id and (number + index) % 2 == 0:
                _respond(person, story, (number + index) // 2, READINGS[index % len(READINGS)])
                made += 1
    for index, story in enumerate(stories[:3]):
        bookmarks.add_bookmark(actor=people[index % len(people)], story=story)
        bookmarks.add_bookmark(actor=people[0], story=story)
    for index, (topic, text) in enumerate(STORY_REQUESTS):
        story_requests.request_story(actor=people[-1 - index], topic=topic, text=text)
    if stories:
        topic, text = ANSWERED
        story_request = story_requests.request_story(actor=people[-1], topic=topic, text=text)
        story_requests.answer_story_request(
            actor=stories[0].author, story_request=story_request, story=stories[0]
        )
    return {
        "responses": made,
        "story_requests": len(STORY_REQUESTS),
        "followed": _follow(people[0], stories),
    }


def _follow(person: Employee, stories: Sequence[StoryPage]) -> int:
    """Follow the themes of the newest story and a tag; returns how many."""
    if not stories:
        return 0
    themes, tags = list(stories[-1].themes.all()), list(stories[-1].tags.order_by("name")[:1])
    for theme in themes:
        follow_theme(actor=person, theme=theme)
    for tag in tags:
        bookmarks.follow_tag(actor=person, tag=tag)
    return len(themes) + len(tags)


def _respond(person: Employee, story: StoryPage, turn: int, end: ResponseState) -> None:
    kind = ResponseKind.values[turn % len(ResponseKind.values)]
    said = turn // len(ResponseKind.values) % 2
    text = {ResponseKind.TRIED: TRIED[said], ResponseKind.CHANGED: CHANGED[said]}
    response = responses.respond(
        actor=person,
        story=story,
        kind=kind,
        text=text.get(ResponseKind(kind), ""),
        planned_for=timezone.localdate() + timedelta(days=DAYS_AHEAD)
        if kind == ResponseKind.WILL_TRY
        else None,
    )
    reviewers = Employee.objects.with_role(Role.APPROVER).exclude(pk=person.pk).order_by("pk")
    if response.state == ResponseState.WAITING and end != ResponseState.WAITING:
        show = end == ResponseState.SHOWN
        responses.moderate_response(
            actor=reviewers[0], response=response, show=show, reason="" if show else NO_CHANGE
        )
