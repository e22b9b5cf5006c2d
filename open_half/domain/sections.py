"""Opening and closing a section of the knowledge base to those without login (SEC-06)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kb.models import Section, SectionAccess
from people.roles import Right
from privacy import audit

if TYPE_CHECKING:
    from people.models import Employee


@dataclass(frozen=True)
class Switch:
    """How a section is to be read."""

    is_open: bool = False
    is_indexed: bool = False


def may_open_sections(actor: Employee) -> bool:
    """Whether somebody decides what is read without login."""
    return actor.is_active and actor.may(Right.OPEN_SECTIONS)


def switches() -> dict[str, Switch]:
    """How every section is read now, in their order."""
    rows = {row.section: row for row in SectionAccess.objects.all()}
    closed = Switch()
    return {
        section: Switch(rows[section].is_open, rows[section].is_indexed)
        if section in rows
        else closed
        for section in Section.values
    }


@transaction.atomic
def set_sections(*, actor: Employee | None, wanted: Mapping[str, Switch]) -> list[str]:
    """Read each named section as wanted from now on; returns those that changed.

    Raises PermissionDenied for others than editors and administrators, ValidationError for a
    section that search engines would show while it is closed. None as actor is the system.
    """
    if actor is not None and not may_open_sections(actor):
        raise PermissionDenied("Only editors and administrators open a section.")
    SectionAccess.objects.select_for_update().count()
    present = switches()
    changed = [section for section in wanted if wanted[section] != present[section]]
    for section in changed:
        switch = wanted[section]
        row = SectionAccess(section=section, is_open=switch.is_open, is_indexed=switch.is_indexed)
        row.full_clean(validate_unique=False)
        row.save()
        audit.record(
            actor=actor,
            action="section.open" if switch.is_open else "section.close",
            reason=section,
            indexed=switch.is_indexed,
        )
    return changed
