"""What of the searches waits for an editor: those that find nothing."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from people.start_page import MOST, StartPanel, Waiting
from search import query_reports
from search.admin.reports import PERMISSION


class UnansweredPanel(StartPanel):
    """Asked on several days, and nothing found."""

    name, order = "unanswered", 250
    heading = _("Searches without an answer")
    nothing = _("Every search that was asked on several days found something.")

    def is_shown(self) -> bool:
        return self.employee.has_perm(PERMISSION)

    def rows(self) -> Iterator[Waiting]:
        for row in query_reports.unanswered()[:MOST]:
            asked = ngettext("asked %(count)d time", "asked %(count)d times", row["asked"])
            yield Waiting(f"»{row['query']}«", self.report(), asked % {"count": row["asked"]})

    def report(self) -> str:
        return reverse("unanswered_searches")
