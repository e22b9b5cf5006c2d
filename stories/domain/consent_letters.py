"""The citizen's letter: its code withdraws consent without a login (docs/security.md SEC-20)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from privacy import audit
from privacy.limits import Limit
from stories import letter_codes
from stories.domain import consents, guards, notices
from stories.models import ConsentCode, StoryPage

if TYPE_CHECKING:
    from people.models import Employee

# Per client; correct codes are not counted, so nobody can block another's letter.
WRONG_CODES = Limit("letter.wrong", most=10, period=timedelta(hours=1))


class TooManyCodes(Exception):
    """One client has entered too many unknown codes."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(until)


@transaction.atomic
def make_letter(*, actor: Employee, story: StoryPage, party: str) -> str:
    """Create a code for the party's letter, shown only once. Older codes stay valid."""
    story = guards.locked(story)
    guards.require_editor(actor, story)
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
    """Whether the check character shows that no letter has this code; no query."""
    return letter_codes.read_code(code) is None


def withdraw_by_letter(*, code: str, address: str) -> None:
    """End every consent of the letter's party. Does not reveal whether the code exists.

    `code` is what was typed, `address` the client's. Raises TooManyCodes only for unknown codes,
    so a valid letter works whatever else came from that client.
    """
    bare = letter_codes.read_code(code)
    if bare is not None and _end(letter_codes.hash_of(bare)):
        return
    until = WRONG_CODES.count(address)
    if until is not None:
        raise TooManyCodes(until)


@transaction.atomic
def _end(code_hash: str) -> bool:
    """End the consents of this code's party; False for an unknown code."""
    found = ConsentCode.objects.select_related("story").filter(code_hash=code_hash).first()
    if found is None:
        return False
    story = guards.locked(found.story)
    moderators = notices.moderators_of(story)
    drafts = StoryPage.objects.filter(revises=story)
    for version in (*drafts, story):
        for consent in version.consents.filter(party=found.party, withdrawn_at__isnull=True):
            consents.end_consent(actor=None, consent=consent)
    ConsentCode.objects.filter(story=story, party=found.party).delete()
    notices.tell(story=story, kind="stories.taken_back", people=moderators, occasion=str(found.pk))
    audit.record(actor=None, action="story.letter_used", target=story, party=found.party)
    return True
