"""What the demo opens to everybody, and its accessibility statement; both are left alone later."""

from __future__ import annotations

from datetime import date

from kb.models import Section, SectionAccess
from open_half.domain.sections import Switch, set_sections
from open_half.models import AccessibilityStatement

from .files import read

# Events too: guests without an account sign up to them.
OPEN: dict[str, Switch] = {
    Section.THEMES: Switch(is_open=True, is_indexed=True),
    Section.ARTICLES: Switch(is_open=True, is_indexed=True),
    Section.EVENTS: Switch(is_open=True),
}


def load_open_sections() -> int:
    """Open them, unless somebody has decided before. Returns how many were opened."""
    if SectionAccess.objects.exists():
        return 0
    return len(set_sections(actor=None, wanted=OPEN))


def load_statement() -> int:
    """Write the statement, unless there is one. Returns how many were made."""
    if AccessibilityStatement.objects.exists():
        return 0
    content = read("accessibility")
    row = content["statement"]
    AccessibilityStatement.objects.create(
        **{name: row[name] for name in ("organisation", "compliance", "prepared_by")},
        **{name: row[name] for name in ("email", "phone", "answer_days")},
        method="\n".join(row["method"]),
        prepared_on=date.fromisoformat(row["prepared_on"]),
        limitations=[("limitation", limitation) for limitation in content["limitations"]],
    )
    return 1
