"""What of the pages waits for an editor: those that somebody should read again."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kb.domain.permissions import may_edit_pages
from people.start_page import Found, Row, StartPanel, Waiting
from upkeep.admin.reports import DueView
from upkeep.queries.page_care import due_pages


class ReadAgainPanel(StartPanel):
    """Pages whose day has come, and those that nobody has published for a year."""

    name, order = "read-again", 215
    heading = _("To be read again")
    nothing = DueView.nothing

    def is_shown(self) -> bool:
        return may_edit_pages(self.employee)

    def found(self) -> Found:
        columns = {"title": "title", "key": "pk", "moment": "due_since"}
        return Found(due_pages().select_related(None), ("due_since", "pk"), columns)

    def say(self, row: Row) -> Waiting:
        address = reverse("wagtailadmin_pages:edit", args=[row.key])
        return Waiting(row.title, address, row.day)

    def report(self) -> str:
        return reverse("pages_to_read_again")
