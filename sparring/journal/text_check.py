"""Names and numbers in a text for the journal: each is replaced or confirmed before it is copied.

Nothing is kept: what somebody has confirmed travels with the form, as kind and words. A CPR number
cannot be confirmed.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from people.models import Unit
from privacy.anonymity import Finding, check
from privacy.anonymity.rewrite import replacements
from stories.presentation.marking import excerpt, start_in_browser

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from people.models import Employee

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Marked:
    """One finding as the page shows it. start: in UTF-16, as the browser counts."""

    finding: Finding
    excerpt: SafeString
    start: int
    words: Sequence[str]

    @property
    def key(self) -> str:
        return key_of(self.finding)

    @property
    def may_stand(self) -> bool:
        return self.finding.type != "cpr"


@dataclass(frozen=True)
class TextCheck:
    """A text with what is still to be looked at, and what was confirmed in it."""

    text: str
    marked: Sequence[Marked] = ()
    standing: Sequence[str] = ()
    failed: bool = False

    @property
    def is_clear(self) -> bool:
        """Whether it may be copied."""
        return not self.marked and not self.failed and bool(self.text.strip())


def key_of(finding: Finding) -> str:
    """What a confirmation holds for: the same kind and the same words."""
    return f"{finding.type}:{finding.text.casefold()}"


def check_text(
    text: str, visitor: Employee, *, standing: Collection[str] = (), named: str = ""
) -> TextCheck:
    """Look a text over. `standing`: keys that were confirmed; `named`: who may stand by name."""
    try:
        findings = check(text, allowed=_own_names(visitor)).findings
    except Exception as error:  # fail closed, and log no text (SEC-13)
        log.error("The check of a text for the journal failed: %s", type(error).__name__)
        return TextCheck(text, failed=True)
    by_template = {
        key_of(finding) for finding in findings if named and finding.text.strip() in named
    }
    confirmed = {*standing, *by_template}
    marked = [_marked(text, finding) for finding in findings]
    return TextCheck(
        text=text,
        marked=[row for row in marked if not (row.may_stand and row.key in confirmed)],
        standing=sorted({row.key for row in marked if row.may_stand and row.key in confirmed}),
    )


def _marked(text: str, finding: Finding) -> Marked:
    start = start_in_browser(text, finding)
    return Marked(finding, excerpt(text, finding), start, replacements(text, finding))


def _own_names(visitor: Employee) -> list[str]:
    """Names that may stand: the own municipality's and its units'."""
    town = visitor.municipality
    if town is None:
        return []
    units = Unit.objects.filter(municipality=town).values_list("name", flat=True)
    return [town.name, *units]
