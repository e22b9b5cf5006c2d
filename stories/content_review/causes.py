"""Why published stories must be reviewed again: their year is up, or what they rest on has ended.

Each cause is stored once per story (PeriodicReview), so a second run changes nothing and a settled
cause does not come back (docs/domain.md B5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kb.models import LawWord, Offer
from people.domain.notifications import notify
from privacy import audit
from stories.anonymity.texts import text_parts
from stories.content_review.dependencies import depends_on_offer, mentions
from stories.enums import ReviewCause
from stories.models import PeriodicReview, StoryPage
from stories.states import StorySteps

REMIND_BEFORE = timedelta(days=30)
NOT_TEXT = ("slug",)


@transaction.atomic
def remind_authors(*, today: date | None = None) -> int:
    """Notify the authors of stories due within 30 days; returns how many are new."""
    today = today or timezone.localdate()
    due = StoryPage.objects.published().filter(reread_on__lte=today + REMIND_BEFORE)
    return sum(
        _record_cause(story, ReviewCause.YEAR, str(story.reread_on), story.reread_on)
        for story in due.select_related("author").order_by("pk")
        if story.reread_on is not None
    )


@transaction.atomic
def send_back_outdated(*, today: date | None = None) -> int:
    """Mark stories that depend on a closed offer or a retired legal term; returns how many."""
    today = today or timezone.localdate()
    stories = [
        (story, "\n".join(part.text for part in text_parts(story) if part.field not in NOT_TEXT))
        for story in StoryPage.objects.published()
        .select_related("author")
        .prefetch_related("tagged_items__tag")
        .select_for_update(of=("self",))
        .order_by("pk")
    ]
    count = 0
    for offer in Offer.objects.shown().filter(closed_on__lte=today):
        depends = _depends_on_offer(offer)
        count += _mark_dependent(stories, ReviewCause.OFFER, offer.pk, offer.closed_on, depends)
    for law in LawWord.objects.filter(retired_on__lte=today):
        depends = _mentions_law(law)
        count += _mark_dependent(stories, ReviewCause.LAW, law.pk, law.retired_on, depends)
    return count


def _mentions_law(law: LawWord) -> Callable[[StoryPage, str], bool]:
    return lambda _story, text: mentions(text, law.word)


def _depends_on_offer(offer: Offer) -> Callable[[StoryPage, str], bool]:
    still_open = Offer.objects.shown().filter(closed_on__isnull=True).exclude(action_kind="")
    open_kinds = set(still_open.values_list("action_kind", flat=True))

    def depends(story: StoryPage, text: str) -> bool:
        return depends_on_offer(
            text,
            story.action_kinds,
            name=offer.name,
            kind=offer.action_kind,
            open_kinds=open_kinds,
        )

    return depends


def _mark_dependent(
    stories: Iterable[tuple[StoryPage, str]],
    cause: ReviewCause,
    key: int,
    since: date | None,
    depends: Callable[[StoryPage, str], bool],
) -> int:
    """Only stories approved before `since`: later approvals took the change into account."""
    count = 0
    for story, text in stories:
        approved = timezone.localdate(story.approved_at) if story.approved_at else None
        if approved is None or since is None or approved > since or not depends(story, text):
            continue
        if _record_cause(story, cause, str(key), timezone.localdate()):
            count += 1
            _mark_for_review(story)
    return count


def _mark_for_review(story: StoryPage) -> None:
    if StorySteps.ASK_AGAIN.starts_from(story.state):
        StorySteps.ASK_AGAIN.take(story)
        StoryPage.objects.filter(pk=story.pk).update(state=story.state)
        audit.record(actor=None, action="story.reread_due", target=story)


def _record_cause(story: StoryPage, cause: ReviewCause, about: str, due_on: date | None) -> bool:
    """Store the cause and notify the author; False when it was stored before."""
    row, made = PeriodicReview.objects.get_or_create(
        story=story,
        cause=cause,
        about=about,
        defaults={"due_on": due_on or timezone.localdate()},
    )
    if made:
        notify(
            employee=story.author,
            kind="stories.reread",
            object_id=row.pk,
            key=f"reread:{row.pk}",
        )
    return made


def has_open_cause(story: StoryPage) -> bool:
    """Whether the story has an unsettled cause."""
    return story.periodic_reviews.filter(settled_at__isnull=True).exists()


def settle_causes(story: StoryPage) -> None:
    """Settle all causes: the story was reviewed, or is no longer published."""
    story.periodic_reviews.filter(settled_at__isnull=True).update(settled_at=timezone.now())


def open_causes(today: date) -> Q:
    """The causes that are due within 30 days of `today`."""
    return Q(settled_at__isnull=True, due_on__lte=today + REMIND_BEFORE)
