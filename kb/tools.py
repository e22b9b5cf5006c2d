"""The tools of each role: what a person finds in the header and on the start page.

Named by address, as the header's sections are, since some lie in apps above kb. The access matrix
has the last word: a tool that it would refuse is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.enums import Role
from people.models import Employee
from privacy.matrix import MATRIX

EDITING = "wagtailadmin_home"
# Wagtail's admin is one line of the matrix.
LINES = {EDITING: "prefix:redaktion"}


@dataclass(frozen=True)
class Tool:
    """A page that is somebody's daily work; `short` puts it into the header too."""

    label: str | Promise
    target: str
    roles: tuple[Role, ...]
    short: str | Promise = ""

    @property
    def url(self) -> str:
        return reverse(self.target)

    def is_for(self, employee: Employee) -> bool:
        line = MATRIX[LINES.get(self.target, self.target)]
        return employee.has_role(*self.roles) and line.allows(employee)


TOOLS = (
    Tool(
        _("Edit pages, texts and files"),
        EDITING,
        (Role.EDITOR, Role.APPROVER, Role.PROJECT_STAFF, Role.ADMINISTRATOR),
        _("Editing"),
    ),
    Tool(_("Thresholds for renewal"), EDITING, (Role.COORDINATOR,)),
    Tool(_("Plan talks"), "sparring:plans", (Role.COORDINATOR,)),
    Tool(_("Cases without sparring"), "sparring:waiting", (Role.COORDINATOR,)),
    Tool(_("Read a caseload in"), "sparring:import_caseload", (Role.COORDINATOR,)),
    Tool(
        _("Guests from other municipalities"),
        "sparring:guests",
        (Role.COORDINATOR, Role.TEAM_LEADER),
    ),
    Tool(_("Rooms"), "sparring:rooms", (Role.COORDINATOR, Role.ADMINISTRATOR)),
    Tool(_("Stories to read"), "stories:queue", (Role.APPROVER,)),
    Tool(_("Own stories and drafts"), "stories:mine", (Role.EDITOR, Role.APPROVER)),
    Tool(
        _("Belief and outcome in figures"),
        "insight:index",
        (Role.TEAM_LEADER, Role.PROJECT_STAFF, Role.AUDITOR),
    ),
    Tool(_("The log of what was opened and changed"), "audit", (Role.AUDITOR,), _("Audit")),
)


def tools_of(employee: Employee) -> list[Tool]:
    """The tools of a person's roles, in one order for everybody."""
    return [tool for tool in TOOLS if tool.is_for(employee)]
