"""What the demo's colleagues do with the stories: answer, keep, follow, wish."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from people.enums import Role
from people.models import Employee
from stories.domain import bookmarks, responses, wishes
from stories.enums import ResponseKind, ResponseState
from stories.models import StoryPage

TRIED = (
    "Vi ringede til borgeren i stedet for at sende et brev. Samtalen blev på tolv minutter, "
    "og vi aftalte et besøg.",
    "Det tog to forsøg. Anden gang havde borgeren selv et forslag med.",
)
CHANGED = (
    "Vi har skrevet “hvad savner du?” ind i vores skabelon til den første samtale.",
    "Overdragelser hos os begynder nu med borgerens egne ord, før sagens historik.",
)
WISHES = (
    (
        "En prøvedag, som ikke førte til noget",
        "Hvordan talte I med borgeren bagefter, og hvad blev det næste skridt?",
    ),
    ("Et samarbejde med egen læge, der gik i gang på få uger", ""),
)
DAYS_AHEAD = 14


def use_stories(stories: Sequence[StoryPage]) -> dict[str, int]:
    """Let colleagues use the published stories; returns how many of each kind were made."""
    people = list(Employee.objects.with_role(Role.CASEWORKER).order_by("pk"))
    made = 0
    for place, story in enumerate(stories):
        for number, person in enumerate(people):
            if person.pk != story.author_id and (number + place) % 2 == 0:
                _respond(person, story, (number + place) // 2, is_read=place % 2 == 0)
                made += 1
    for place, story in enumerate(stories[:3]):
        bookmarks.keep_story(actor=people[place % len(people)], story=story)
        bookmarks.keep_story(actor=people[0], story=story)
    for place, (topic, text) in enumerate(WISHES):
        wishes.wish_for_story(actor=people[-1 - place], topic=topic, text=text)
    return {"responses": made, "wishes": len(WISHES)}


def _respond(person: Employee, story: StoryPage, turn: int, *, is_read: bool) -> None:
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
    readers = Employee.objects.with_role(Role.APPROVER).exclude(pk=person.pk).order_by("pk")
    if response.state == ResponseState.WAITING and is_read:
        responses.read_response(actor=readers[0], response=response, show=True)
