"""Print docs/approval.md: what can be done with each kind of content before readers see it."""

from __future__ import annotations

from wagtail.models import Page

from privacy.management.printed import PrintedPage, table
from upkeep.queries.approval_rule import ABLE, WITHOUT, able, kinds

YES = "●"
PAGE = """# One rule of approval

Printed from the code by `python manage.py approval_table`; do not edit it here. Every kind of page
and every list of the editors' is drafted, seen beforehand, timed, compared, locked, sent to be
approved and taken back, by `kb.models.approved.ApprovedContent` or Wagtail's `Page`. Project staff
write; somebody else publishes. A new kind that lacks it fails `tests/upkeep/test_approval_rule.py`.

*Comments* stand beside a field on pages; on rows of a list they come with the decision: who sends
one back says why, and the writer is mailed it. Everything has a history of who did what.

{table}
## Without

What stays without, and why ([decision 0037](decisions/0037-one-rule-of-approval.md)).

{without}"""


class Command(PrintedPage):
    """Print the table, or with --check fail where the page is out of date."""

    help = __doc__
    page = "docs/approval.md"

    def text(self) -> str:
        """The table, then the exceptions with their reasons."""
        rows = []
        for model in kinds():
            can = set() if model._meta.label_lower in WITHOUT else able(model)
            comments = ("fields" if issubclass(model, Page) else "decision") if can else ""
            marks = [YES if name in can else "" for name in ABLE]
            rows.append([model._meta.label, *marks, comments])
        without = [[label, why] for label, why in WITHOUT.items()]
        return PAGE.format(
            table=table(["Kind", *ABLE, "comments"], rows),
            without=table(["Kind", "Why"], without),
        )
