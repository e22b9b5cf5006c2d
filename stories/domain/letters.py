"""The citizen's letter: a code that takes consent back without a login (docs/security.md R13)."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy import audit
from stories import letter_codes
from stories.enums import NoticeKind
from stories.models import CodeAttempt, ConsentCode, StoryPage

from . import consents, notices, rules

if TYPE_CHECKING:
    from people.models import Employee

MOST_AN_HOUR = 10
HOUR = timedelta(hours=1)
KEPT = timedelta(days=1)


class TooManyCodes(Exception):
    """One address has entered more codes within the hour than somebody with a letter would."""


@transaction.atomic
def make_letter(*, actor: Employee, story: StoryPage, party: str) -> str:
    """A new code for the party's letter; it is shown now and never again. Older ones hold too."""
    story = rules.locked(story)
    rules.require_editor(actor, story)
    if not story.consents.filter(party=party, withdrawn_at__isnull=True).exists():
        raise ValidationError(_("There is no consent to write a letter about."), code="consent")
    code = letter_codes.new_code()
    bare = letter_codes.read_code(code) or ""
    ConsentCode.objects.create(
        story=story, party=party, code_hash=letter_codes.hash_of(bare), made_by=actor
    )
    audit.record(actor=actor, action="story.letter", target=story, party=str(party))
    return code


def is_misspelt(code: str) -> bool:
    """Whether no letter can hold this: told by the code's own check, without asking for it."""
    return letter_codes.read_code(code) is None


def take_back_by_letter(*, code: str, address: str) -> None:
    """End every consent that the letter is about. Says nothing about whether there was one.

    `code` is what was typed, `address` where it came from. Raises TooManyCodes.
    """
    _count(address)  # stays counted whatever comes after
    bare = letter_codes.read_code(code)
    if bare is not None:
        _end(letter_codes.hash_of(bare))


@transaction.atomic
def _count(address: str) -> None:
    key = settings.SECRET_KEY.encode()
    sender = hmac.new(key, f"consent code {address}".encode(), hashlib.sha256).hexdigest()
    with connection.cursor() as cursor:  # two at once are counted one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [sender])
    now = timezone.now()
    if CodeAttempt.objects.filter(sender=sender, at__gt=now - HOUR).count() >= MOST_AN_HOUR:
        raise TooManyCodes
    CodeAttempt.objects.create(sender=sender, at=now)


@transaction.atomic
def _end(code_hash: str) -> None:
    found = ConsentCode.objects.select_related("story").filter(code_hash=code_hash).first()
    if found is None:
        return
    story = rules.locked(found.story)
    told = notices.moderators_of(story)
    drafts = StoryPage.objects.filter(revises=story)
    for one in (*drafts, story):
        for consent in one.consents.filter(party=found.party, withdrawn_at__isnull=True):
            consents.end_consent(actor=None, consent=consent)
    ConsentCode.objects.filter(story=story, party=found.party).delete()
    notices.tell(story=story, kind=NoticeKind.TAKEN_BACK, people=told, occasion=str(found.pk))
    audit.record(actor=None, action="story.letter_used", target=story, party=found.party)


def forget_attempts() -> int:
    """What the system does every night; returns how many rows went."""
    old = CodeAttempt.objects.filter(at__lt=timezone.now() - KEPT)
    return old.delete()[0]
