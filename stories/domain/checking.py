"""The anonymity check of a story: what it finds, and the reasons given for warnings.

A block has no override. A warning may stay once a named person has given a reason. If the check
itself fails, the story cannot be published (docs/security.md SEC-23).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from privacy import audit
from privacy.anonymity import Finding, check
from stories.anonymity.texts import TextPart, text_parts
from stories.domain import guards
from stories.domain.anonymity_set import require_anonymity_set
from stories.enums import PUBLISHABLE, CheckVerdict, Tick
from stories.models import StoryPage, WarningReason
from stories.states import StorySteps

if TYPE_CHECKING:
    from people.models import Employee

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CheckFinding:
    """One finding, its text part, and the reason given for it, if any."""

    part: TextPart
    finding: Finding
    reason: str

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.finding)

    @property
    def is_block(self) -> bool:
        return self.finding.level == "block"

    @property
    def weight(self) -> str:
        """How much it weighs: "block", "warn" or, with a reason, "excused"."""
        return "block" if self.is_block else "excused" if self.reason else "warn"


@dataclass(frozen=True)
class StoryCheck:
    """The result of checking the whole story."""

    verdict: CheckVerdict
    found: tuple[CheckFinding, ...] = ()


def fingerprint(finding: Finding) -> str:
    """A hash of the finding's kind and words; a reason holds only for this hash."""
    return hashlib.sha256(f"{finding.type}\0{finding.text.casefold()}".encode()).hexdigest()


def check_story(story: StoryPage) -> StoryCheck:
    """Check every text of the story. Never raises: a failure is the verdict ERROR."""
    reasons = dict(story.warning_reasons.values_list("fingerprint", "reason"))
    try:
        found = tuple(
            CheckFinding(part, finding, reasons.get(fingerprint(finding), ""))
            for part in text_parts(story)
            for finding in check(part.text).findings
        )
    except Exception as error:  # fail closed, and log no text (SEC-13)
        log.error("The anonymity check of story %s failed: %s", story.pk, type(error).__name__)
        return StoryCheck(CheckVerdict.ERROR)
    return StoryCheck(_verdict(found), found)


def _verdict(found: Iterable[CheckFinding]) -> CheckVerdict:
    levels = {
        ("block" if item.is_block else "excused" if item.reason else "warn") for item in found
    }
    for level, verdict in (("block", CheckVerdict.BLOCK), ("warn", CheckVerdict.WARN)):
        if level in levels:
            return verdict
    return CheckVerdict.EXCUSED if levels else CheckVerdict.PASS


def run_check(story: StoryPage) -> StoryCheck:
    """Check the stored text and store the verdict beside the digest of exactly that text."""
    result = check_story(story)
    story.check_verdict = result.verdict
    story.checked_digest = guards.text_digest(story)
    StoryPage.objects.filter(pk=story.pk).update(
        check_verdict=story.check_verdict, checked_digest=story.checked_digest
    )
    return result


def require_clean(story: StoryPage) -> None:
    """Check again and raise ValidationError unless the present text may be published."""
    if run_check(story).verdict not in PUBLISHABLE:
        raise ValidationError(
            _("The anonymity check found something that must be changed or explained first."),
            code="anonymity",
        )


@transaction.atomic
def submit_for_check(*, actor: Employee, story: StoryPage) -> StoryPage:
    """Finish writing: the story must be complete and is checked as a whole.

    Raises ValidationError by field where something is missing; PermissionDenied.
    """
    story = guards.locked(story)
    guards.require_editor(actor, story)
    guards.require_open_text(story)
    guards.require_complete(story)
    result = run_check(story)
    if StorySteps.CHECK.starts_from(story.state):
        StorySteps.CHECK.take(story)
        StoryPage.objects.filter(pk=story.pk).update(state=story.state)
    audit.record(actor=actor, action="story.check", target=story, verdict=str(result.verdict))
    return story


@transaction.atomic
def justify_warning(*, actor: Employee, story: StoryPage, found: str, reason: str) -> StoryPage:
    """Store why a warning may stay. `found` is the finding's fingerprint; blocks are refused."""
    story = guards.locked(story)
    guards.require_editor(actor, story)
    guards.require_open_text(story)
    present = {item.fingerprint: item for item in check_story(story).found}
    if found not in present or present[found].is_block:
        raise ValidationError(_("There is no such warning in the text."), code="unknown")
    given = WarningReason(story=story, fingerprint=found, reason=reason.strip(), given_by=actor)
    given.full_clean(validate_unique=False, validate_constraints=False)
    WarningReason.objects.update_or_create(
        story=story, fingerprint=found, defaults={"reason": given.reason, "given_by": actor}
    )
    run_check(story)
    audit.record(actor=actor, action="story.excuse", target=story, kind=present[found].finding.type)
    return story


@transaction.atomic
def confirm_unrecognisable(*, actor: Employee, story: StoryPage, ticks: Iterable[str]) -> StoryPage:
    """Answer the eight questions; the story then waits for consent (docs/domain.md B5).

    Raises ValidationError ("ticks") unless all eight are answered, or when the check is not clean.
    """
    story = guards.locked(story)
    guards.require_editor(actor, story)
    if not StorySteps.TICK.starts_from(story.state):
        raise ValidationError(_("Have the story checked first."), code="state")
    if set(ticks) != set(Tick.values):
        raise ValidationError({"ticks": _("Go through all eight. Each of them protects a person.")})
    require_clean(story)
    require_anonymity_set(story)
    story.ticks = list(Tick.values)
    StorySteps.TICK.take(story)
    StoryPage.objects.filter(pk=story.pk).update(ticks=story.ticks, state=story.state)
    audit.record(actor=actor, action="story.confirm_unrecognisable", target=story)
    return story
