"""The roles and what each one opens: a role is declared here, once, and nowhere else.

Code asks for a right (`employee.may(Right.PLAN)`), never for a list of roles. What a right opens
stands beside its name; docs/access-matrix.md shows roles, rights and addresses in tables and
is printed from here by `manage.py access_matrix`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise


class Right(models.TextChoices):
    """Something that roles open, and what it is. Which rows it opens is up to the QuerySets."""

    CASEWORK = "casework", "Have cases of one's own."
    PARTNER = (
        "partner",
        "Be asked into the sessions of others, and read their cases while that lasts.",
    )
    ARRANGE = (
        "arrange",
        "Choose colleague, time and room of a session in one's own case, or call it off.",
    )
    PLAN = "plan", "Plan the municipality's sessions, and read its caseload in."
    SEE_UNIT = "see_unit", "See how one's own unit stands, in counts."
    AGREE_ON_GUESTS = (
        "agree_on_guests",
        "Speak for the municipality about guests from another one (decision 0012).",
    )
    KEEP_ROOMS = "keep_rooms", "Keep the rooms of the municipality's units."
    SET_THRESHOLDS = "set_thresholds", "Set the numbers of the renewal rules."
    WORD_JOURNAL = "word_journal", "Word the municipality's texts for its journal."
    WRITE_STORIES = "write_stories", "Tell a story, and carry one's own through to publishing."
    EDIT_STORIES = "edit_stories", "Edit the stories of the own municipality."
    REVIEW_STORIES = (
        "review_stories",
        "Read stories and answers before they are shared, and publish them.",
    )
    EDIT_PAGES = "edit_pages", "Edit pages, texts and files; what exactly is the role's `Editing`."
    MODERATE_TRIALS = (
        "moderate_trials",
        "Read what colleagues wrote of methods they tried, and let it in.",
    )
    RECORD_LEARNING = (
        "record_learning",
        "Record who passed a module, and keep certificates, in one's own municipality.",
    )
    SET_GUIDEPOSTS = (
        "set_guideposts",
        "Write the municipality's own guideposts, and link its employment plan.",
    )
    OPEN_SECTIONS = (
        "open_sections",
        "Say which parts of the knowledge base are read without login.",
    )
    READ_FIGURES = (
        "read_figures",
        "Have belief and outcome in figures as a daily tool; everybody may look.",
    )
    SEE_EVERYWHERE = "see_everywhere", "See the figures of all municipalities together."
    AUDIT = "audit", "Read the log of what was opened and changed."
    MANAGE_ACCOUNTS = "manage_accounts", "Help somebody back into their account."

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that open it."""
        return tuple(role for role in Role if self in role.rights)


@dataclass(frozen=True)
class Editing:
    """What a role may do in the editors' admin, carried there by a group of Wagtail's.

    `pages` and `files`: Wagtail's actions. `snippets`: everything with lists and search words.
    What stands on everybody's pages is written by those with `drafts`; those with
    `approves` publish it, and approve pages that were sent to them. Those with `sets_up` keep
    redirects, the ways of approval and the folders of files.
    """

    group: str
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    snippets: bool = False
    drafts: bool = False
    approves: bool = False
    sets_up: bool = False


class Role(models.TextChoices):
    """What somebody does here; one person may have several.

    A member is: stored code, rights, what it may do in the editors' admin, name on screen.
    """

    rights: frozenset[Right]
    editing: Editing | None

    def __new__(
        cls, code: str, rights: Collection[Right] = (), editing: Editing | None = None
    ) -> Self:
        role = str.__new__(cls, code)
        role._value_ = code
        role.rights, role.editing = frozenset(rights), editing
        return role

    CASEWORKER = (
        "caseworker",
        {Right.CASEWORK, Right.PARTNER, Right.ARRANGE, Right.WRITE_STORIES},
        None,
        _("Caseworker"),
    )
    BUSINESS_CONSULTANT = (
        "business_consultant",
        {Right.CASEWORK, Right.PARTNER, Right.ARRANGE, Right.WRITE_STORIES},
        None,
        _("Business consultant"),
    )
    COORDINATOR = (
        "coordinator",
        {
            Right.PARTNER,
            Right.ARRANGE,
            Right.PLAN,
            Right.AGREE_ON_GUESTS,
            Right.KEEP_ROOMS,
            Right.SET_THRESHOLDS,
            Right.WORD_JOURNAL,
            Right.RECORD_LEARNING,
            Right.WRITE_STORIES,
        },
        None,
        _("Sparring coordinator"),
    )
    TEAM_LEADER = (
        "team_leader",
        {Right.SEE_UNIT, Right.AGREE_ON_GUESTS, Right.WRITE_STORIES, Right.READ_FIGURES},
        None,
        _("Team leader"),
    )
    EDITOR = (
        "editor",
        {
            Right.WRITE_STORIES,
            Right.EDIT_STORIES,
            Right.EDIT_PAGES,
            Right.SET_GUIDEPOSTS,
            Right.OPEN_SECTIONS,
        },
        Editing(
            "Redaktører",
            pages=("add", "change", "publish"),
            files=("add", "change", "choose"),
            snippets=True,
        ),
        _("Editor"),
    )
    APPROVER = (
        "approver",
        {Right.WRITE_STORIES, Right.REVIEW_STORIES, Right.EDIT_PAGES},
        Editing("Godkendere", pages=("change", "publish"), approves=True),
        _("Approver of stories"),
    )
    PROJECT_STAFF = (
        "project_staff",
        {Right.EDIT_PAGES, Right.MODERATE_TRIALS, Right.READ_FIGURES, Right.SEE_EVERYWHERE},
        Editing(
            "Projektmedarbejdere", pages=("add", "change"), files=("add", "choose"), drafts=True
        ),
        _("Project staff"),
    )
    AUDITOR = (
        "auditor",
        {Right.READ_FIGURES, Right.SEE_EVERYWHERE, Right.AUDIT},
        None,
        _("Auditor"),
    )
    ADMINISTRATOR = (
        "administrator",
        {
            Right.KEEP_ROOMS,
            Right.SET_THRESHOLDS,
            Right.WORD_JOURNAL,
            Right.EDIT_PAGES,
            Right.SET_GUIDEPOSTS,
            Right.OPEN_SECTIONS,
            Right.MANAGE_ACCOUNTS,
        },
        Editing(
            "Administratorer",
            pages=("add", "change", "publish", "bulk_delete", "lock", "unlock"),
            files=("add", "change", "delete", "choose"),
            snippets=True,
            approves=True,
            sets_up=True,
        ),
        _("Administrator"),
    )


def role_choices() -> Sequence[tuple[str, str | Promise]]:
    """The choices of `Employee.roles`; a function, so that a new role needs no migration."""
    return Role.choices
