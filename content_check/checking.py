"""All rules over one thing: what is shown while writing, and what publishing asks about."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from content_check.known import known
from content_check.reading import content_of
from content_check.rules import RULES
from content_check.rules.readability import lix_of

if TYPE_CHECKING:
    from django.db.models import Model

    from content_check.content import Content, Finding, Known, Rule


@dataclass(frozen=True)
class Group:
    """What one rule found."""

    rule: Rule
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Result:
    """What all of them found, and how heavy the text is."""

    groups: tuple[Group, ...]
    lix: int | None

    @property
    def count(self) -> int:
        return sum(len(group.findings) for group in self.groups)

    @property
    def asked(self) -> tuple[Group, ...]:
        """What publishing asks about."""
        return tuple(group for group in self.groups if group.rule.asks)

    @property
    def digest(self) -> str:
        """The same for the same findings that are asked about; it says nothing of their words."""
        rows = [
            f"{group.rule.code}\t{finding.place}\t{finding.words}"
            for group in self.asked
            for finding in group.findings
        ]
        return sha256("\n".join(rows).encode(errors="surrogatepass")).hexdigest()


def look_at(content: Content, house: Known) -> Result:
    """Ask every rule. Pure."""
    found = ((rule, tuple(rule.find(content, house))) for rule in RULES)
    groups = tuple(Group(rule, findings) for rule, findings in found if findings)
    return Result(groups, lix_of(content))


def check(thing: Model) -> Result:
    """Ask every rule about a page or an entry of a list; it may be a draft, or only typed."""
    return look_at(content_of(thing), known())
