"""What of the knowledge base waits for an editor: cards to be judged again."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb.models import EvidenceCard
from people.start_page import Found, Row, StartPanel, Waiting


class CardsPanel(StartPanel):
    """Evidence cards whose judgement is to be made again."""

    name, order = "cards", 220
    heading = _("Evidence cards to be judged again")
    nothing = _("No evidence card is due to be judged again.")

    def is_shown(self) -> bool:
        return self.employee.has_perm("kb.change_evidencecard")

    def found(self) -> Found:
        due = EvidenceCard.objects.shown().filter(review_on__lte=timezone.localdate())
        columns = {"title": "subject", "key": "pk", "moment": "review_on"}
        return Found(due, ("review_on", "pk"), columns)

    def say(self, row: Row) -> Waiting:
        address = reverse("wagtailsnippets_kb_evidencecard:edit", args=[row.key])
        return Waiting(row.title, address, row.day)

    def report(self) -> str:
        return f"{reverse('wagtailsnippets_kb_evidencecard:list')}?ordering=review_on"
