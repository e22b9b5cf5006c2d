"""The stored renewal need: recomputed on every change and every night; put off for a while."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from privacy import audit
from privacy.bulk import insert_rows
from renewal import (
    Band,
    CaseFacts,
    HeldBack,
    SnoozeRefusal,
    Thresholds,
    assess,
    next_change,
    order_key,
    order_text,
    snooze_refusal,
)
from search.outbox import enqueue_many
from sparring.beliefs.queries.facts import facts_for
from sparring.beliefs.queries.needs import open_cases, stale_cases
from sparring.models import Case, RenewalNeed
from sparring.models.threshold_lookup import fingerprints, thresholds_of
from sparring.shared import guards

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.models import Employee

CHUNK = 2000
COMPUTED = (
    "computed_at", "hits", "waiting", "score", "band", "held_back", "order_key", "rule_version",
    "fingerprint", "next_change",
)  # fmt: skip
_postponed: ContextVar[set[int] | None] = ContextVar("postponed_recompute", default=None)

REFUSALS = {
    SnoozeRefusal.NO_REASON: ("reason", _("Write why it is put off.")),
    SnoozeRefusal.NOT_AHEAD: ("until", _("Choose a day that lies ahead.")),
    SnoozeRefusal.TOO_LONG: ("until", _("Put it off for 60 days at most.")),
    SnoozeRefusal.TOO_OFTEN: (
        "until",
        _("It has been put off as often as it can be. Take it to a colleague now."),
    ),
}


def recompute(cases: Iterable[Case], *, today: date | None = None) -> int:
    """Work out the needs of cases that changed, tell search, and return how many they were.

    Eight queries for each 2,000 cases and two to tell search. Inside `postponed_recompute()` it
    waits for the end.
    """
    rows = list(cases)
    waiting = _postponed.get()
    if waiting is not None:
        waiting.update(case.pk for case in rows)
        return 0
    for start in range(0, len(rows), CHUNK):
        _recompute_chunk(rows[start : start + CHUNK], today or timezone.localdate())
    enqueue_many("case", [case.pk for case in rows])
    return len(rows)


def recompute_all(*, today: date | None = None) -> int:
    """Compute the need of every case that is not closed; return how many."""
    return recompute_ids(open_cases(), today or timezone.localdate())


def recompute_due(*, today: date | None = None) -> int:
    """Compute only the cases whose need can have changed, as the nightly run does.

    A need is looked at again on its `next_change`, after new thresholds and after new rules; until
    then it is what `recompute_all` would find.
    """
    today = today or timezone.localdate()
    return recompute_ids(stale_cases(today, fingerprints()), today)


def recompute_ids(cases: QuerySet[Case], today: date) -> int:
    """Work out the needs of a query's cases, a chunk in a transaction; returns how many."""
    ids = list(cases.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        with transaction.atomic():
            chunk = Case.objects.select_for_update().filter(pk__in=ids[start : start + CHUNK])
            _recompute_chunk(list(chunk.order_by("pk")), today)
    return len(ids)


@contextmanager
def postponed_recompute() -> Iterator[None]:
    """Gather every case that changes in the block and compute its need once, at the end."""
    waiting: set[int] = set()
    token = _postponed.set(waiting)
    try:
        yield
    finally:
        _postponed.reset(token)
    recompute(Case.objects.filter(pk__in=waiting).order_by("pk"))


@transaction.atomic
def snooze(
    *, case: Case, actor: Employee, until: date, reason: str, at: datetime | None = None
) -> RenewalNeed:
    """Put the need off until a day at most 60 days ahead, with a reason, twice at most (B3).

    Raises PermissionDenied unless the actor owns the case; ValidationError on "until" or "reason",
    and when the case is not due.
    """
    case = guards.locked(case)
    guards.require_owner(actor, case)
    guards.require_open(case)
    today = guards.local_day(at)
    need = RenewalNeed.objects.filter(case=case).first()
    if need is None:
        _recompute_chunk([case], today)
        need = RenewalNeed.objects.get(case=case)
    if need.held_back not in ("", HeldBack.SNOOZED) or need.band == Band.NONE:
        raise ValidationError(_("There is nothing to put off."), code="not_due")
    refusal = snooze_refusal(
        today=today,
        until=until,
        reason=reason,
        snoozes=need.snoozes,
        thresholds=thresholds_of(case.unit),
    )
    if refusal is not None:
        field, text = REFUSALS[refusal]
        raise ValidationError({field: text})
    need.snoozed_until, need.snooze_reason = until, reason.strip()
    need.snoozes += 1
    guards.clean(need)
    need.save(update_fields=["snoozed_until", "snooze_reason", "snoozes"])
    audit.record(
        actor=actor, action="need.snooze", target=case, until=until.isoformat(), times=need.snoozes
    )
    recompute([case])
    need.refresh_from_db()
    return need


@transaction.atomic
def end_snooze(*, case: Case, actor: Employee) -> RenewalNeed:
    """Take a snooze back: the need is on the list again, and the time counts as not used.

    Raises PermissionDenied unless the actor owns the case; ValidationError when nothing is put off.
    """
    case = guards.locked(case)
    guards.require_owner(actor, case)
    need = RenewalNeed.objects.filter(case=case, snoozed_until__gt=timezone.localdate()).first()
    if need is None:
        raise ValidationError(_("It is not put off."), code="not_snoozed")
    need.snoozed_until, need.snooze_reason = None, ""
    need.snoozes = max(0, need.snoozes - 1)
    need.save(update_fields=["snoozed_until", "snooze_reason", "snoozes"])
    audit.record(actor=actor, action="need.end_snooze", target=case, times=need.snoozes)
    recompute([case])
    need.refresh_from_db()
    return need


def _recompute_chunk(cases: Sequence[Case], today: date) -> None:
    units = Unit.objects.select_related("municipality").in_bulk({case.unit_id for case in cases})
    limits = {pk: thresholds_of(unit) for pk, unit in units.items()}
    facts = facts_for(cases, today=today)
    rows = [_row(case, facts[case.pk], limits[case.unit_id]) for case in cases]
    insert_rows(rows, key="case", update=COMPUTED)
    settled = [row.case_id for row in rows if row.band == Band.NONE]
    RenewalNeed.objects.filter(case_id__in=settled, snoozes__gt=0).update(
        snoozes=0, snoozed_until=None, snooze_reason=""
    )


def _row(case: Case, facts: CaseFacts, limits: Thresholds) -> RenewalNeed:
    need = assess(facts, limits)
    return RenewalNeed(
        case_id=case.pk,
        computed_at=timezone.now(),
        hits=[hit.to_json() for hit in need.hits],
        waiting=[hit.to_json() for hit in need.waiting],
        score=need.score,
        band=need.band.value,
        held_back=need.held_back.value if need.held_back else "",
        order_key=order_text(order_key(need, facts)),
        rule_version=need.rule_version,
        fingerprint=limits.fingerprint,
        next_change=next_change(facts, limits),
    )
