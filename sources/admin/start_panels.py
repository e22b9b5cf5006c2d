"""What of the sources waits for an editor: numbers without one, and links without an answer."""

from __future__ import annotations

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from people.start_page import Found, Row, StartPanel, Waiting
from sources.admin.reports import PERMISSION
from sources.domain.unsourced import unsourced_pages
from sources.enums import LinkState
from sources.models import LinkCheck


class OfSources(StartPanel):
    """For those who keep the sources."""

    def is_shown(self) -> bool:
        return self.employee.has_perm(PERMISSION)


class UnsourcedPanel(OfSources):
    """Published pages on which a number has no source."""

    name, order = "unsourced", 230
    heading = _("Numbers without a source")
    nothing = _("Every number on a published page has its source.")

    def found(self) -> Found:
        columns = {"title": "title", "key": "pk", "number": "unsourced__numbers"}
        return Found(unsourced_pages(), ("title", "pk"), columns)

    def say(self, row: Row) -> Waiting:
        numbers = ngettext("%(count)d number", "%(count)d numbers", row.number or 0)
        address = reverse("wagtailadmin_pages:edit", args=[row.key])
        return Waiting(row.title, address, numbers % {"count": row.number})

    def report(self) -> str:
        return reverse("pages_without_sources")


class LinksPanel(OfSources):
    """Links of sources that no longer answer, or have moved."""

    name, order = "links", 240
    heading = _("Links without an answer")
    nothing = _("Every link answered when it was last asked. They are asked once a week.")

    def found(self) -> Found:
        columns = {"title": "source__title", "key": "source", "word": "state"}
        checks = LinkCheck.objects.to_look_at().select_related(None)
        return Found(checks, (F("failing_since").asc(nulls_last=True), "pk"), columns)

    def say(self, row: Row) -> Waiting:
        address = reverse("wagtailsnippets_sources_source:edit", args=[row.key])
        return Waiting(row.title, address, LinkState(row.word or "").label)

    def report(self) -> str:
        return reverse("links_without_answer")
