"""What of the sources waits for an editor: numbers without one, and links without an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from people.start_page import MOST, StartPanel, Waiting
from sources.admin.reports import PERMISSION
from sources.domain.unsourced import unsourced_pages
from sources.models import LinkCheck

if TYPE_CHECKING:
    from typing import Any


class OfSources(StartPanel):
    """For those who keep the sources."""

    def is_shown(self) -> bool:
        return self.employee.has_perm(PERMISSION)


class UnsourcedPanel(OfSources):
    """Published pages on which a number has no source."""

    name, order = "unsourced", 230
    heading = _("Numbers without a source")
    nothing = _("Every number on a published page has its source.")

    def rows(self) -> Iterator[Waiting]:
        for page in unsourced_pages().select_related("unsourced")[:MOST]:
            row: Any = page
            numbers = ngettext("%(count)d number", "%(count)d numbers", row.unsourced.numbers)
            yield Waiting(
                page.title,
                reverse("wagtailadmin_pages:edit", args=[page.pk]),
                numbers % {"count": row.unsourced.numbers},
            )

    def report(self) -> str:
        return reverse("pages_without_sources")


class LinksPanel(OfSources):
    """Links of sources that no longer answer, or have moved."""

    name, order = "links", 240
    heading = _("Links without an answer")
    nothing = _("Every link answered when it was last asked. They are asked once a week.")

    def rows(self) -> Iterator[Waiting]:
        for check in LinkCheck.objects.to_look_at()[:MOST]:
            address = reverse("wagtailsnippets_sources_source:edit", args=[check.source_id])
            yield Waiting(check.source.title, address, check.get_state_display())

    def report(self) -> str:
        return reverse("links_without_answer")
