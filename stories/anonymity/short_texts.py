"""The anonymity check of responses and story requests. No database."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from privacy.anonymity import Finding, check


def refuse_blocked(text: str) -> bool:
    """Raise ValidationError for blocked findings; True if a moderator should look at warnings."""
    report = check(text)
    blocked = [found for found in report.findings if found.level == "block"]
    if blocked:
        raise ValidationError(_sentences(blocked), code="anonymity")
    return report.verdict != "pass"


def refuse_found(text: str) -> None:
    """Raise ValidationError for any finding, since nobody reviews the text."""
    findings = check(text).findings
    if findings:
        raise ValidationError(_sentences(findings), code="anonymity")


def _sentences(findings: Iterable[Finding]) -> list[str]:
    """One sentence for each different finding, with its suggestion."""
    tell = _("“%(text)s”: %(reason)s %(suggestion)s")
    lines = [
        tell % {"text": finding.text, "reason": finding.reason, "suggestion": finding.suggestion}
        for finding in findings
    ]
    return list(dict.fromkeys(lines))
