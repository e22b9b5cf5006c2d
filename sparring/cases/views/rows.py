"""A case as a row of a list: why it needs a fresh look, and what to do about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.templatetags.ui import day
from renewal import HeldBack, Hit
from renewal.texts import held_back_text
from sparring.beliefs.queries.beliefs import is_blind
from sparring.beliefs.queries.needs import hits_of
from sparring.enums import Band, CaseStatus
from sparring.plans.queries.request_status import request_statuses

if TYPE_CHECKING:
    from sparring.models import Case, RenewalNeed
    from sparring.plans.queries.request_status import RequestStatus

TONES: Mapping[str, str] = {Band.URGENT: "red", Band.HIGH: "yellow", Band.ORDINARY: "blue"}
MOST_REASONS = 3
BOOK, UPDATE = gettext_lazy("Book sparring"), gettext_lazy("Update belief")


def case_row(case: Case, *, status: RequestStatus | None = None) -> dict[str, Any]:
    """What components/task.html needs. The case has `own_belief` and its need at hand.

    `status` is how far a request about it is: then it is shown, and no other is offered.
    """
    if is_blind(case.owner_id, getattr(case, "bid_by", None)):
        return _blind_row(case, status)
    need = getattr(case, "need", None)
    hits = hits_of(need)
    due = need is not None and not need.held_back and need.band != Band.NONE
    row: dict[str, Any] = {
        "title": _("Case %s") % case.code,
        "url": reverse("sparring:case_detail", args=[case.code]),
        "summary": str(case.target_group),
        "reasons": [hit.text() for hit in hits[:MOST_REASONS]] if due else [],
        "belief": getattr(case, "own_belief", None),
        "belief_label": _("Your belief"),
        "status": "",
        "status_tone": "",
    }
    if need is not None and due and hits:
        row |= {"status": hits[0].label(), "status_tone": TONES.get(need.band, "")}
        row |= action_for(case, hits[0], requested=status is not None)
    elif need is not None and need.held_back:
        row |= {"summary": f"{case.target_group}. {held_back_words(case, need)}"}
    if status is not None:
        row |= {"status": status.text, "status_tone": "green" if status.is_booked else "blue"}
    if case.status != CaseStatus.ACTIVE:
        row |= {"status": case.get_status_display(), "status_tone": ""}
    return row


def held_back_words(case: Case, need: RenewalNeed) -> str:
    """Why the case is not on the list now and until when; "" where it is on it."""
    if not need.held_back:
        return ""
    reason = HeldBack(need.held_back)
    until = {HeldBack.PAUSED: case.paused_until, HeldBack.SNOOZED: need.snoozed_until}.get(reason)
    return held_back_text(reason, day(until) if until else "")


def _blind_row(case: Case, status: RequestStatus | None) -> dict[str, Any]:
    """The row of a case whose number is a predecessor's: nothing tells it before the own bid.

    Neither the reasons nor how urgent it is, which are counted with that number.
    """
    stands = status.text if status is not None else _("New to you")
    paused = case.status != CaseStatus.ACTIVE
    return {
        "title": _("Case %s") % case.code,
        "url": reverse("sparring:case_detail", args=[case.code]),
        "summary": str(case.target_group),
        "reasons": [_("Give your own bid before you see your predecessor's.")],
        "belief": None,
        "belief_label": "",
        "status": case.get_status_display() if paused else stands,
        "status_tone": "" if paused else "blue",
        "action_url": reverse("sparring:belief_register", args=[case.code]),
        "action_label": str(UPDATE),
    }


def action_for(case: Case, hit: Hit, *, requested: bool) -> dict[str, str]:
    """The button: a new number where that is the answer, else a request for a session."""
    if hit.rule.answered_by_belief or requested:
        url = reverse("sparring:belief_register", args=[case.code])
        return {"action_url": url, "action_label": str(UPDATE)}
    url = reverse("sparring:request", args=[case.code])
    return {"action_url": url, "action_label": str(BOOK)}


def case_rows(cases: Collection[Case]) -> list[dict[str, Any]]:
    """Rows for cases, each with how far a request about it is."""
    statuses = request_statuses(cases)
    return [case_row(case, status=statuses.get(case.pk)) for case in cases]
