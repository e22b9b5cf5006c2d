"""Print docs/access-matrix.md: roles and rights, the editors' admin, and every address."""

from __future__ import annotations

from itertools import groupby

from people.roles import Right, Role
from privacy.management.printed import PrintedPage, table
from privacy.matrix import ANYONE, LOGIN, MATRIX, Access

YES = "●"
PAGE = """# Who may do what

Printed from the code by `python manage.py access_matrix`; do not edit it here. Roles and their
rights are declared in `people/roles.py`, addresses in each app's `access.py`. An address opens the
door; which rows somebody then sees is decided by the QuerySets (`visible_to`, `published_for`, …).

## Roles and rights

{rights}
{meanings}
## The editors' admin

What a role may do with pages and files there. *Lists*: everything with lists and search words.
*Drafts* and *approves*: what stands on everybody's pages is written by the one and published by
the other. *Sets up*: redirects, ways of approval, folders of files.

{editing}
## Addresses

*Everybody*: without a login. *Logged in*: everybody who works here. *Nobody*: closed. *Tied by*:
what ties the person to what is opened.
{addresses}"""


class Command(PrintedPage):
    """Print who may do what, or with --check fail where the page is out of date."""

    help = __doc__
    page = "docs/access-matrix.md"

    def text(self) -> str:
        """Tables of everything that is declared."""
        return PAGE.format(
            rights=_rights(), meanings=_meanings(), editing=_editing(), addresses=_addresses()
        )


def _rights() -> str:
    rows = [
        [f"`{right.name}`", *(YES if right in role.rights else "" for role in Role)]
        for right in Right
    ]
    return table(["Right", *(str(role.label) for role in Role)], rows)


def _meanings() -> str:
    return "".join(f"- `{right.name}`: {right.label}\n" for right in Right)


def _editing() -> str:
    rows = []
    for role in Role:
        if (rights := role.editing) is not None:
            marks = (rights.snippets, rights.drafts, rights.approves, rights.sets_up)
            rows.append(
                [
                    str(role.label),
                    rights.group,
                    ", ".join(rights.pages),
                    ", ".join(rights.files),
                    *(YES if mark else "" for mark in marks),
                ]
            )
    return table(
        ["Role", "Group", "Pages", "Files", "Lists", "Drafts", "Approves", "Sets up"], rows
    )


def _addresses() -> str:
    lines = [line for name, line in MATRIX.items() if not name.startswith("gallery")]
    lines.sort(key=lambda line: (_app(line), line.view_name))
    parts = []
    for app, group in groupby(lines, key=_app):
        rows = [
            [
                f"`{line.view_name}`",
                _who(line),
                "" if line.relation == "none" else line.relation,
                ", ".join(sorted(line.actions)),
            ]
            for line in group
        ]
        heading = f"\n### {app or 'Without a namespace'}\n\n"
        parts.append(heading + table(["Address", "Who", "Tied by", "Methods"], rows))
    return "".join(parts)


def _app(line: Access) -> str:
    return line.view_name.rpartition(":")[0]


def _who(line: Access) -> str:
    if line.section:
        return f"logged in; everybody while “{line.section}” is open"
    if line.roles in (ANYONE, LOGIN):
        return "everybody" if line.roles == ANYONE else "logged in"
    return ", ".join(str(role.label) for role in Role if role in line.roles) or "nobody"
