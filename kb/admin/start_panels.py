"""What of the knowledge base waits for an editor: cards to be judged again."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb.models import EvidenceCard
from people.start_page import MOST, StartPanel, Waiting, date_in_words


class RereadPanel(StartPanel):
    """Evidence cards whose judgement is to be made again."""

    name, order = "reread", 220
    heading = _("To be read again")
    nothing = _("No evidence card is due to be judged again.")

    def is_shown(self) -> bool:
        return self.employee.has_perm("kb.change_evidencecard")

    def rows(self) -> Iterator[Waiting]:
        due = EvidenceCard.objects.shown().filter(review_on__lte=timezone.localdate())
        for card in due.order_by("review_on", "pk")[:MOST]:
            address = reverse("wagtailsnippets_kb_evidencecard:edit", args=[card.pk])
            yield Waiting(card.subject, address, date_in_words(card.review_on))

    def report(self) -> str:
        return f"{reverse('wagtailsnippets_kb_evidencecard:list')}?ordering=review_on"
