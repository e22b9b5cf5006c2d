"""What of the searches waits for an editor: those that find nothing."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from people.start_page import Found, Row, StartPanel, Waiting
from search import query_reports
from search.admin.reports import PERMISSION


class UnansweredPanel(StartPanel):
    """Asked on several days, and nothing found."""

    name, order = "unanswered", 250
    heading = _("Searches without an answer")
    nothing = _("Every search that was asked on several days found something.")

    def is_shown(self) -> bool:
        return self.employee.has_perm(PERMISSION)

    def found(self) -> Found:
        columns = {"title": "query", "key": "query", "number": "asked"}
        return Found(query_reports.unanswered(), ("-asked", "query"), columns)

    def say(self, row: Row) -> Waiting:
        asked = ngettext("asked %(count)d time", "asked %(count)d times", row.number or 0)
        return Waiting(f"»{row.title}«", self.report(), asked % {"count": row.number})

    def report(self) -> str:
        return reverse("unanswered_searches")
