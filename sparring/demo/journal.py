"""One of the demo's municipalities words its text for the journal itself."""

from __future__ import annotations

from django.db import transaction

from demo_content.files import read
from people.models import Employee, Municipality
from people.roles import Right
from sparring.enums import JournalOccasion
from sparring.journal.domain.templates import word_journal
from sparring.models import JournalTemplate


@transaction.atomic
def load() -> dict[str, int]:
    """Set the wordings where there are none; returns how many there are."""
    if JournalTemplate.objects.exists():
        return {"texts for the journal": 0}
    for wording in read("wordings", "sparring.content")["wordings"]:
        town = Municipality.objects.get(slug=wording["municipality"])
        coordinators = Employee.objects.in_municipality(town.pk).who_may(Right.WORD_JOURNAL)
        actor = coordinators.order_by("pk").first()
        if actor is not None:
            texts = {
                code: "\n".join(wording[code]) for code in JournalOccasion.values if code in wording
            }
            word_journal(municipality=town, actor=actor, texts=texts)
    return {"texts for the journal": JournalTemplate.objects.count()}
