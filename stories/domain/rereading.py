"""Rereading: the teller is told in time, and what has gone sends its stories back (B5).

Every cause is a row made once for one story, so that running twice changes nothing and what was
settled is not asked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kb.models import LawWord, Offer
from people.domain.messages import notify
from people.enums import MessageKind
from privacy import audit
from stories.anonymity.texts import text_parts
from stories.enums import RereadCause, State
from stories.models import Rereading, StoryPage
from stories.outdated import leans_on_offer, mentions

TOLD_BEFORE = timedelta(days=30)
SOURCE = "stories.reread"
NOT_TEXT = ("slug",)


@transaction.atomic
def remind_tellers(*, today: date | None = None) -> int:
    """Tell the tellers of stories whose time is up within 30 days; returns how many are new."""
    today = today or timezone.localdate()
    due = StoryPage.objects.published().filter(reread_on__lte=today + TOLD_BEFORE)
    return sum(
        _noticed(story, RereadCause.YEAR, str(story.reread_on), story.reread_on)
        for story in due.select_related("author").order_by("pk")
        if story.reread_on is not None
    )


@transaction.atomic
def send_back_outdated(*, today: date | None = None) -> int:
    """Mark stories that lean on a closed offer or a retired word of the law; returns how many."""
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
    for offer in Offer.objects.filter(closed_on__lte=today):
        hit = _leaning_on(offer)
        count += _send_back(stories, RereadCause.OFFER, offer.pk, offer.closed_on, hit)
    for law in LawWord.objects.filter(retired_on__lte=today):
        hit = _saying(law)
        count += _send_back(stories, RereadCause.LAW, law.pk, law.retired_on, hit)
    return count


def _saying(law: LawWord) -> Callable[[StoryPage, str], bool]:
    return lambda _story, text: mentions(text, law.word)


def _leaning_on(offer: Offer) -> Callable[[StoryPage, str], bool]:
    still_open = Offer.objects.filter(closed_on__isnull=True).exclude(action_kind="")
    open_kinds = set(still_open.values_list("action_kind", flat=True))

    def leans(story: StoryPage, text: str) -> bool:
        return leans_on_offer(
            text,
            story.action_kinds,
            name=offer.name,
            kind=offer.action_kind,
            open_kinds=open_kinds,
        )

    return leans


def _send_back(
    stories: Iterable[tuple[StoryPage, str]],
    cause: RereadCause,
    key: int,
    since: date | None,
    leans: Callable[[StoryPage, str], bool],
) -> int:
    """Those approved before the day: whoever approved a later one knew that it was gone."""
    count = 0
    for story, text in stories:
        approved = timezone.localdate(story.approved_at) if story.approved_at else None
        if approved is None or since is None or approved > since or not leans(story, text):
            continue
        if _noticed(story, cause, str(key), timezone.localdate()):
            count += 1
            _mark(story)
    return count


def _mark(story: StoryPage) -> None:
    if story.state != State.REREAD:
        story.state = State.REREAD
        StoryPage.objects.filter(pk=story.pk).update(state=State.REREAD)
        audit.record(actor=None, action="story.reread_due", target=story)


def _noticed(story: StoryPage, cause: RereadCause, about: str, due_on: date | None) -> bool:
    """Make the row and hand in the teller's message; False when it was there."""
    row, made = Rereading.objects.get_or_create(
        story=story,
        cause=cause,
        about=about,
        defaults={"due_on": due_on or timezone.localdate()},
    )
    if made:
        notify(
            employee=story.author,
            kind=MessageKind.REMINDERS,
            source=SOURCE,
            object_id=row.pk,
            key=f"reread:{row.pk}",
        )
    return made


def has_open_cause(story: StoryPage) -> bool:
    """Whether something asks for the story to be read again."""
    return story.rereadings.filter(settled_at__isnull=True).exists()


def settle(story: StoryPage) -> None:
    """What asked for a rereading is answered: it was read, or is off the lists."""
    story.rereadings.filter(settled_at__isnull=True).update(settled_at=timezone.now())


def open_causes(today: date) -> Q:
    """The condition of rows that a moderator looks at now."""
    return Q(settled_at__isnull=True, due_on__lte=today + TOLD_BEFORE)
