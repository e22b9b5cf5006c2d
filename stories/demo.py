"""The demo's twelve stories in every state, written and reviewed by the domain functions."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from demo_content.files import read
from kb.models import Guidepost, ThemePage
from learning.models import Method
from people.models import Employee
from people.roles import Role
from stories import demo_picture
from stories.content_review import causes, decisions
from stories.domain import (
    anonymity_set,
    appeals,
    authoring,
    checking,
    consents,
    pictures,
    review,
    withdrawal,
)
from stories.enums import ActionKind, Focus, Party, Scope, Tick
from stories.models import StoryPage

# How far each state of demo_content/stories.json goes; a story stops where its own begins.
WAY = (
    "draft",
    "recognisability_check",
    "consent",
    "professional_reading",
    "published_internal",
    "published_open",
)
PUBLISHED = {"published_internal", "published_open", "reread", "archived", "withdrawn"}
SENT_BACK = (
    "Historien er god. Skriv mere om, hvem der strøg sætningen, uden at man kan gætte hvem. "
    "Og hvad ville I gøre anderledes næste gang?"
)
REASON = "Et udsagnsord i bydeform, ikke et navn."
TOO_LITTLE = "Jeg mangler, hvad I gjorde bagefter, og hvordan borgeren selv så på det."
WHY_AGAIN = (
    "Det står i vendepunktet, og borgeren har selv læst det. Jeg vil gerne have en anden til at se "
    "på, om der mangler noget."
)
DAYS_BETWEEN = 9
AGE = re.compile(r" i \d0'erne")
# The stories with a picture, with an appeal, and with too rare facts.
PICTURED, ASKED_AGAIN, TOO_RARE = 1, 6, 8


@transaction.atomic
def load() -> dict[str, int]:
    """Make the stories unless there are any; returns how many of each kind were made."""
    if StoryPage.objects.exists():
        return {"stories": 0}
    rows = read("stories")["stories"]
    stories = [_story(row) for row in rows]
    return {"stories": len(stories)}


def _story(row: dict[str, Any]) -> StoryPage:
    author = _author(row)
    story = authoring.start_draft(author=author, title=row["title"])
    story = authoring.save_draft(actor=author, story=story, values=_values(row))
    if row["number"] != TOO_RARE:
        story = _as_many_as_needed(story)
    if row["number"] == PICTURED:
        _put_in_picture(story)
    state = row["demo_state"]
    if state in PUBLISHED:
        return _published(row, story)
    if state == "draft":
        return _sent_back(story)
    for reached, step in ((1, _checked), (2, _ticked), (3, _sent)):
        if WAY.index(state) >= reached:
            step(story)
    return _asked_again(story) if row["number"] == ASKED_AGAIN else story


def _as_many_as_needed(story: StoryPage) -> StoryPage:
    """Leave out the facts that the check page says are too rare in the municipality's caseload."""
    drop = anonymity_set.anonymity_set_of(story).drop
    values: dict[str, Any] = {name: "" for name in drop if name not in ActionKind.values}
    if "age_band" in drop:
        values["hard"] = AGE.sub("", story.hard)
    kinds = [kind for kind in story.action_kinds if kind not in drop]
    values["action_kinds"] = kinds or [ActionKind.OTHER.value]
    return authoring.save_draft(actor=story.author, story=story, values=values)


def _put_in_picture(story: StoryPage) -> None:
    pictures.add_picture(
        actor=story.author,
        story=story,
        data=demo_picture.greenhouse(),
        alt=demo_picture.ALT,
        caption=demo_picture.CAPTION,
        focus=Focus.LEFT,
    )


def _asked_again(story: StoryPage) -> StoryPage:
    """Sent back by one reviewer, then appealed by its author."""
    review.send_back(actor=_reviewers(story)[0], story=story, reason=TOO_LITTLE)
    appeals.appeal(actor=story.author, story=story, reason=WHY_AGAIN)
    return story


def _author(row: dict[str, Any]) -> Employee:
    """The municipality's first caseworker who is not an approver."""
    tellers = Employee.objects.in_municipality(
        Employee.objects.filter(unit__municipality__slug=row["municipality"])
        .values_list("unit__municipality", flat=True)
        .first()
    )
    return (
        tellers.with_role(row["teller_role"])
        .exclude(roles__contains=[Role.APPROVER])
        .order_by("pk")[0]
    )


def _values(row: dict[str, Any]) -> dict[str, Any]:
    plain = (
        "teaser",
        "hard",
        "turning_point",
        "steps",
        "quote",
        "would_do_differently",
        "try_tomorrow",
        "duration_band",
        "now_band",
        "outcome",
        "action_kinds",
        "target_group",
        "age_band",
        "contact_form",
        "teller_role",
        "tags",
    )
    return {name: row[name] for name in plain} | {
        "caseworker_beliefs": row["belief_series"]["caseworker"],
        "citizen_beliefs": row["belief_series"]["citizen"],
        "share_citizens": row["triad"]["citizens"],
        "share_staff": row["triad"]["staff"],
        "share_efforts": row["triad"]["efforts"],
        "themes": list(ThemePage.objects.filter(number__in=row["themes"])),
        "guidepost": Guidepost.objects.filter(slug=row["guidepost"]).first(),
        **_references(row["themes"]),
        "method": Method.objects.filter(slug=row["method"]).first(),
    }


def _references(themes: list[int]) -> dict[str, Any]:
    """A dilemma and a publication of the story's first theme, where it has them."""
    theme = ThemePage.objects.filter(number__in=themes[:1]).first()
    if theme is None:
        return {}
    dilemmas = [str(block.id) for block in theme.dilemmas]
    return {
        "dilemma": dilemmas[0] if dilemmas else "",
        "publication": theme.publications.live().existing().newest_first().first(),
    }


def _checked(story: StoryPage) -> None:
    """Run the check, and give reasons for the warnings."""
    for item in checking.check_story(story).found:
        if not item.is_block and not item.reason:
            checking.justify_warning(
                actor=story.author, story=story, found=item.fingerprint, reason=REASON
            )
    checking.submit_for_check(actor=story.author, story=story)


def _ticked(story: StoryPage) -> None:
    checking.confirm_unrecognisable(actor=story.author, story=story, ticks=Tick.values)


def _sent(story: StoryPage, scopes: tuple[Scope, ...] = (Scope.INTERNAL,)) -> None:
    for scope in scopes:
        consents.register_consent(
            actor=story.author,
            story=story,
            party=Party.CITIZEN,
            scope=scope,
            given_on=timezone.localdate() - timedelta(days=20),
        )
    review.submit_for_review(actor=story.author, story=story)


def _scopes(row: dict[str, Any]) -> tuple[Scope, ...]:
    """What the citizen has agreed to."""
    opened = (Scope.OPEN,) if row["demo_state"] == "published_open" else ()
    shown = (Scope.PHOTO,) if row["number"] == PICTURED else ()
    return (Scope.INTERNAL, *opened, *shown)


def _reviewers(story: StoryPage) -> list[Employee]:
    """The approvers, those of the author's own municipality first."""
    reviewers = list(Employee.objects.with_role(Role.APPROVER).order_by("pk"))
    return sorted(reviewers, key=lambda reviewer: reviewer.municipality_id != story.municipality_id)


def _sent_back(story: StoryPage) -> StoryPage:
    for step in (_checked, _ticked, _sent):
        step(story)
    return review.send_back(actor=_reviewers(story)[0], story=story, reason=SENT_BACK)


def _published(row: dict[str, Any], story: StoryPage) -> StoryPage:
    state = row["demo_state"]
    _checked(story)
    _ticked(story)
    _sent(story, _scopes(row))
    first, second = _reviewers(story)[:2]
    years_ago = 1 if state == "reread" else 0
    story = review.approve(actor=first, story=story, at=_moment(row["number"], years_ago))
    if state == "published_open":
        return review.open_to_everybody(actor=second, story=story)
    if state == "reread":
        causes.remind_authors()
        decisions.mark_due_stories()
        story.refresh_from_db()
    if state == "archived":
        return decisions.archive_story(actor=story.author, story=story)
    if state == "withdrawn":
        return withdrawal.withdraw_story(actor=story.author, story=story)
    return story


def _moment(number: int, years_ago: int) -> datetime:
    day: date = timezone.localdate() - timedelta(days=number * DAYS_BETWEEN + 370 * years_ago)
    return timezone.make_aware(datetime.combine(day, time(10, 15)))
