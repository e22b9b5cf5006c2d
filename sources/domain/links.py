"""Asking whether the links of sources still answer, and keeping what came of it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from people.calendars.fetching import PUBLIC, FetchPolicy
from sources.enums import WORKS
from sources.links import Answer, ask
from sources.models import LinkCheck, Source

LONGEST = 1000


def addresses_of(source: Source) -> list[str]:
    """What is asked: where its DOI leads, and its own address."""
    doi = f"https://doi.org/{source.doi}" if source.doi else ""
    return [address for address in (doi, source.url) if address]


def check_links(*, source_id: int, gate: FetchPolicy = PUBLIC) -> list[LinkCheck]:
    """Ask for every address of one source. What it no longer has is forgotten.

    The asking is outside of any transaction: a slow server holds no row.
    """
    source = Source.objects.filter(pk=source_id).first()
    if source is None:
        return []
    answers = {address: ask(address, gate) for address in addresses_of(source)}
    return _keep(source, answers)


@transaction.atomic
def _keep(source: Source, answers: dict[str, Answer]) -> list[LinkCheck]:
    if not Source.objects.select_for_update().filter(pk=source.pk).exists():
        return []
    source.link_checks.exclude(address__in=answers).delete()
    known = {check.address: check for check in source.link_checks.all()}
    kept = []
    for address, answer in answers.items():
        check = known.get(address) or LinkCheck(source=source, address=address)
        now = timezone.now()
        check.state, check.status, check.checked_at = answer.state, answer.status, now
        check.moved_to = answer.moved_to if len(answer.moved_to) <= LONGEST else ""
        works = answer.state in WORKS
        check.failing_since = None if works else check.failing_since or now
        check.save()
        kept.append(check)
    return kept
