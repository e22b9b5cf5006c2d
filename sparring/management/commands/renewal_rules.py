"""Print docs/renewal-rules.md: what each renewal rule sees, counts and draws."""

from __future__ import annotations

import inspect
import sys
from dataclasses import fields
from typing import TYPE_CHECKING

from privacy.management.printed import PrintedPage, table
from renewal import RULES

if TYPE_CHECKING:
    from renewal.rule import RenewalRule

PAGE = """# The renewal rules

Printed from the code by `python manage.py renewal_rules`; do not edit it here. Each rule is one
file in `renewal/rules/`; how to add one: [add-a-renewal-rule.md](how-to/add-a-renewal-rule.md).
How hits become a score and a band: [domain.md](domain.md) B3; what cards are: B4.

{rules}
Every number is the municipality's to set. Lengths in days mean "more than", lengths in months "from
that day on". *Urgent*: it can make a case urgent whatever the score. *Despite a session*: it counts
although a session is booked or was held recently. *By a belief*: the owner answers it by a new
belief, all others ask for a colleague. *Reveals*: its sentence tells the caseworker's number, so
who rates blind does not see it.

## The numbers

{numbers}"""


class Command(PrintedPage):
    """Print the rules, or with --check fail where the page is out of date."""

    help = __doc__
    page = "docs/renewal-rules.md"

    def text(self) -> str:
        """A table of the rules and one of their numbers."""
        return PAGE.format(
            rules=table(
                ["Rule", "Hits when", "Themes", "Marks", "Source"],
                [_row(rule) for rule in RULES.values()],
            ),
            numbers=table(
                ["Name", "Label", "Usually", "From", "To"],
                [row for rule in RULES.values() for row in _numbers(rule)],
            ),
        )


def _row(rule: RenewalRule) -> list[str]:
    module = sys.modules[rule.check.__module__]
    summary = (inspect.getdoc(module) or "").partition("\n\n")[0].replace("\n", " ")
    name, _, when = summary.partition(": ")
    file = module.__name__.rpartition(".")[2]
    return [f"[{name}](../renewal/rules/{file}.py)", when, _themes(rule), _marks(rule), rule.source]


def _themes(rule: RenewalRule) -> str:
    themes = ", ".join(map(str, rule.themes)) or "none"
    if rule.themes_if_caseworker_higher:
        other = ", ".join(map(str, rule.themes_if_caseworker_higher))
        themes += f"; caseworker higher: {other}"
    return themes


def _marks(rule: RenewalRule) -> str:
    marks = {
        "off by default": not rule.on_by_default,
        "urgent": rule.urgent is not None,
        "despite a session": rule.counts_despite_session,
        "by a belief": rule.answered_by_belief,
    }
    return ", ".join(mark for mark, is_set in marks.items() if is_set)


def _numbers(rule: RenewalRule) -> list[list[str]]:
    return [
        [
            f"`{limit.name}`",
            str(limit.metadata["label"]),
            str(limit.default),
            str(limit.metadata["low"]),
            str(limit.metadata["high"]),
        ]
        for limit in fields(rule.limits)
    ]
