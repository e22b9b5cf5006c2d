"""How far the request about a case has come, as its caseworker reads it in lists."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sparring.models import SparringRequest, SparringSession
from sparring.plans.case_selection import BOOKED, WAITING
from sparring.plans.queries.waiting import ranks

if TYPE_CHECKING:
    from datetime import datetime

    from sparring.models import Case


@dataclass(frozen=True)
class RequestStatus:
    """Where a case is on its way to a session: booked, or the place of its request."""

    text: str
    is_booked: bool


def request_statuses(cases: Collection[Case]) -> dict[int, RequestStatus]:
    """By the case's id, of those that are booked or asked for; three queries, or two."""
    ids = [case.pk for case in cases]
    waiting = SparringRequest.objects.filter(case__in=ids, state__in=WAITING)
    found = dict(waiting.values_list("pk", "case_id"))
    towns = {case.municipality_id for case in cases if case.pk in set(found.values())}
    statuses = {
        found[pk]: RequestStatus(
            _("Requested, no. %(position)d of %(requests)d")
            % {"position": rank.position, "requests": rank.sparring_requests},
            is_booked=False,
        )
        for town in towns
        for pk, rank in ranks(town).items()
        if pk in found
    }
    booked = SparringSession.objects.filter(case__in=ids, state__in=BOOKED).order_by("-starts_at")
    for case, starts_at in booked.values_list("case_id", "starts_at"):
        statuses[case] = RequestStatus(_("Booked %(day)s") % {"day": short_day(starts_at)}, True)
    return statuses


def short_day(moment: datetime) -> str:
    """The local day without a year: "3. dec."."""
    # Translators: a date format of Django: day and short month.
    return date_format(timezone.localtime(moment), _("j M"))
