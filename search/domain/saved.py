"""Saving searches, and finding new results for them (docs/search.md)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain.notifications import notify
from people.models import Employee
from privacy import audit
from search import querylog
from search.engines.base import LARGEST_PAGE, NEWEST
from search.models import SavedSearch
from search.models.saved import Rhythm
from search.services import readable_ids, search_for

log = logging.getLogger(__name__)
MOST_SAVED = 20
PAGES_LOOKED_AT = 4
MOST_SEEN = 500
DAYS = {Rhythm.DAILY: 1, Rhythm.WEEKLY: 7}
Filters = Mapping[str, tuple[str, ...]]


@transaction.atomic
def save_search(*, actor: Employee, query: str, filters: Filters) -> SavedSearch:
    """Save a search; its present results count as seen. A second call changes nothing.

    Raises ValidationError past the limit, for nothing at all, and where somebody could be known.
    """
    if not query and not filters:
        raise ValidationError(_("Search for something first."))
    if query and not querylog.loggable(query):
        raise ValidationError(_("A search with a name or a number in it cannot be saved."))
    kept = {name: sorted(values) for name, values in sorted(filters.items())}
    # Two clicks at a time are counted one after the other.
    Employee.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    mine = SavedSearch.objects.filter(owner=actor)
    found = mine.filter(query=query, filters=kept).first()
    if found is not None:
        return found
    if mine.count() >= MOST_SAVED:
        raise ValidationError(_("You have 20 saved searches. Delete one first."))
    search = SavedSearch(owner=actor, query=query, filters=kept, checked_on=timezone.localdate())
    search.seen = _ids(search)
    search.full_clean(exclude=["owner"])
    search.save()
    audit.record(actor=actor, action="saved_search.save", target=search)
    return search


@transaction.atomic
def set_rhythm(*, actor: Employee, search: SavedSearch, rhythm: str) -> SavedSearch:
    """How often the owner hears of what is new."""
    _check_owner(actor, search)
    if rhythm not in Rhythm.values:
        raise ValidationError(_("Choose one of the possibilities."))
    search.rhythm = rhythm
    search.save(update_fields=["rhythm"])
    audit.record(actor=actor, action="saved_search.rhythm", target=search, rhythm=rhythm)
    return search


@transaction.atomic
def forget_search(*, actor: Employee, search: SavedSearch) -> SavedSearch:
    """Delete the saved search; waiting mail about it is dropped."""
    _check_owner(actor, search)
    audit.record(actor=actor, action="saved_search.forget", target=search)
    SavedSearch.objects.filter(pk=search.pk).delete()
    return search


def _check_owner(actor: Employee, search: SavedSearch) -> None:
    if search.owner_id != actor.pk:
        raise PermissionDenied("Only one's own searches.")


def due(today: date) -> list[int]:
    """Searches that are looked at today."""
    wanted = Q()
    for rhythm, days in DAYS.items():
        late = Q(checked_on__lte=today - timedelta(days=days)) | Q(checked_on__isnull=True)
        wanted |= Q(rhythm=rhythm) & late
    return list(
        SavedSearch.objects.filter(wanted, owner__is_active=True)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def check_saved_searches() -> int:
    """Check every saved search that is due; returns how many found something new.

    One that fails is logged and looked at again tomorrow, and keeps no other from its turn.
    """
    today, found = timezone.localdate(), 0
    for pk in due(today):
        try:
            found += check_saved_search(search_id=pk, today=today)
        except Exception:
            log.exception("search: the saved search %s could not be asked", pk)
    return found


@transaction.atomic
def check_saved_search(*, search_id: int, today: date) -> bool:
    """Notify the owner if the search finds documents it did not find before.

    A second run on the same day does nothing.
    """
    search = (
        SavedSearch.objects.select_for_update(of=("self",))
        .select_related("owner__unit__municipality")
        .filter(pk=search_id)
        .first()
    )
    if search is None or search.checked_on == today:
        return False
    found = _ids(search)
    search.news = [key for key in found if key not in set(search.seen)]
    search.seen = list(dict.fromkeys([*found, *search.seen]))[:MOST_SEEN]
    search.checked_on = today
    search.save(update_fields=["news", "seen", "checked_on"])
    if not search.news:
        return False
    SavedSearch.objects.filter(pk=search.pk).update(mailed_at=timezone.now())
    key = f"search.saved:{search.pk}:{today}"
    notify(employee=search.owner, kind="search.saved", object_id=search.pk, key=key)
    return True


def _ids(search: SavedSearch) -> list[str]:
    """What the owner finds now, newest first."""
    filters = {name: tuple(values) for name, values in search.filters.items()}
    found: list[str] = []
    for page in range(1, PAGES_LOOKED_AT + 1):
        result = search_for(
            search.owner,
            search.query,
            filters=filters,
            sort=NEWEST,
            page=page,
            size=LARGEST_PAGE,
            facets=(),
        )
        found += [hit.id for hit in result.hits]
        if page * LARGEST_PAGE >= result.total:
            break
    return found


def count_news(search: SavedSearch) -> int:
    """How much of what was new the owner may read at this moment."""
    return len(readable_ids(search.owner, search.news or []))
