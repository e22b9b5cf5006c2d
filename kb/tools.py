"""The tools of each role: what a person finds in the header and on the start page.

Named by address, as the header's sections are, since some lie in apps above kb. The access matrix
has the last word: a tool that it would refuse is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.roles import Right
from privacy.matrix import MATRIX

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from people.models import Employee

EDITING = "wagtailadmin_home"
# Wagtail's admin is one line of the matrix.
LINES = {EDITING: "prefix:redaktion"}


@dataclass(frozen=True)
class Tool:
    """A page for daily work; `short` also adds it to the header."""

    label: str | Promise
    target: str
    rights: tuple[Right, ...]
    short: str | Promise = ""

    @property
    def url(self) -> str:
        return reverse(self.target)

    def is_for(self, employee: Employee) -> bool:
        line = MATRIX[LINES.get(self.target, self.target)]
        return employee.may(*self.rights) and line.allows(employee)


TOOLS = (
    Tool(_("Edit pages, texts and files"), EDITING, (Right.EDIT_PAGES,), _("Editing")),
    Tool(_("Plan sessions"), "sparring:plans", (Right.PLAN,)),
    Tool(_("Cases without sparring"), "sparring:waiting", (Right.PLAN,)),
    Tool(_("Handovers"), "sparring:handovers", (Right.CASEWORK, Right.PLAN)),
    Tool(
        _("Thresholds for renewal"),
        "sparring:thresholds",
        (Right.SET_THRESHOLDS, Right.SEE_UNIT),
    ),
    Tool(_("Texts for the journal"), "sparring:journal_templates", (Right.WORD_JOURNAL,)),
    Tool(_("Read a caseload in"), "sparring:import_caseload", (Right.PLAN,)),
    Tool(_("Guests from other municipalities"), "sparring:guests", (Right.AGREE_ON_GUESTS,)),
    Tool(_("Rooms"), "sparring:rooms", (Right.KEEP_ROOMS,)),
    Tool(_("Record a passed module"), "learning:record", (Right.RECORD_LEARNING,)),
    Tool(_("Learning in the unit"), "learning:coverage", (Right.SEE_UNIT,)),
    Tool(_("Trials of methods to read"), "methods:trials", (Right.MODERATE_TRIALS,)),
    Tool(_("Stories to read"), "stories:queue", (Right.REVIEW_STORIES,)),
    Tool(
        _("Own stories and drafts"),
        "stories:mine",
        (Right.EDIT_STORIES, Right.REVIEW_STORIES),
    ),
    Tool(_("Requests for presentations"), "articles:talks", (Right.EDIT_PAGES,)),
    Tool(_("Observations to read"), "articles:observations", (Right.EDIT_PAGES,)),
    Tool(_("Belief and outcome in figures"), "insight:index", (Right.READ_FIGURES,)),
    Tool(_("The log of what was opened and changed"), "audit", (Right.AUDIT,), _("Audit")),
)


def tools_of(employee: Employee) -> list[Tool]:
    """The tools of a user's roles, in a fixed order."""
    return [tool for tool in TOOLS if tool.is_for(employee)]
