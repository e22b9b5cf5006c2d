"""A plan as its coordinator sees it: names, times, reasons in words; no belief, no free text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from kb.models import ThemePage
from people.models import Employee
from people.roles import Right
from renewal.texts import label
from sparring.colleagues.queries.group_sessions import AHEAD
from sparring.enums import Answer, ParticipantRole, SessionState
from sparring.models import (
    Case,
    Participation,
    RenewalNeed,
    Room,
    SparringPlan,
    SparringSession,
    UnplacedCase,
)
from sparring.models.session_formats import GROUP, PART_LENGTH
from sparring.plans.standing import Standing, standing_of

from .plan_load import Load, load_now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sparring.models.json_shapes import MatchExplanation, OtherColleague, PairParts

PER_PAGE = 40


@dataclass(frozen=True)
class PlanRow:
    """One session of a plan. `left_out`: names alone, whatever left them out (`Why`)."""

    session: SparringSession
    presenter: Employee
    partners: list[Participation]
    reasons: list[str]
    why: list[tuple[str, list[str]]]
    others: list[str]
    left_out: list[str]

    @property
    def half(self) -> int:
        """1 or 2 in a group session, else 0."""
        if self.session.length != PART_LENGTH:
            return 0
        return 2 if self.session.follows_id else 1

    @property
    def wants_group(self) -> bool:
        return not self.half and self.session.request.duration_minutes == GROUP

    @property
    def fewer(self) -> bool:
        """Whether fewer colleagues come than the request says."""
        return len(self.partners) < self.session.request.partners

    @property
    def may_have_capacity(self) -> bool:
        """Whether the case's unit has rooms at all."""
        return bool(getattr(self.session, "unit_has_rooms", False))

    @property
    def lacks_room(self) -> bool:
        """Whether there was no room left for it."""
        return self.may_have_capacity and not self.session.where


@dataclass(frozen=True)
class Lacking:
    """A case without a session, and what to say about it."""

    case: Case
    text: str
    who: str


@dataclass(frozen=True)
class PlanView:
    """All that the plan's page shows."""

    plan: SparringPlan
    page: Page[SparringSession]
    days: list[tuple[date, list[PlanRow]]]
    declined: list[PlanRow]
    lacking: list[Lacking]
    waiting: list[tuple[str, int]]
    load: list[Load]
    standing: Standing


def plans_of(employee: Employee) -> QuerySet[SparringPlan]:
    """The plans of the municipality that somebody coordinates."""
    if not employee.may(Right.PLAN) or employee.municipality_id is None:
        return SparringPlan.objects.none()
    return SparringPlan.objects.filter(municipality=employee.municipality_id).select_related(
        "created_by", "municipality"
    )


def plan_list(employee: Employee) -> QuerySet[SparringPlan]:
    """The same with how many sessions each has, newest first."""
    live = ~Q(sessions__state=SessionState.CANCELLED)
    counted = plans_of(employee).annotate(session_count=Count("sessions", filter=live))
    return counted.order_by("-created_at", "-pk")


def plan_view(plan: SparringPlan, *, page: str | int = 1, per_page: int = PER_PAGE) -> PlanView:
    """Read everything about a plan, its sessions by pages.

    The number of queries does not grow with the number of sessions.
    """
    rooms = Room.objects.filter(unit=OuterRef("case__unit"), in_use=True)
    sessions: QuerySet[SparringSession] = (
        plan.sessions.select_related("case__owner", "case__need", "request", "room")
        .annotate(unit_has_rooms=Exists(rooms))
        .prefetch_related(
            Prefetch(
                "participations",
                Participation.objects.select_related("employee").order_by("pk"),
            )
        )
        .order_by("starts_at", "pk")
    )
    called_off = list(sessions.filter(state=SessionState.CANCELLED))
    standing = sessions.exclude(state=SessionState.CANCELLED)
    shown = Paginator(standing, per_page).get_page(page)
    unplaced = list(plan.unplaced.select_related("case__owner"))
    names = _names(unplaced, [*shown, *called_off])
    themes = dict(ThemePage.objects.live().values_list("number", "nav_title"))
    standing_now = standing_of(plan, timezone.now())
    rows = [_row(session, names, themes, priced=standing_now.holds) for session in shown]
    booked = set(standing.order_by().values_list("case", flat=True))
    lost = [_row(session, names, themes, priced=False) for session in called_off]
    return PlanView(
        plan=plan,
        page=shown,
        days=[(day, list(of_day)) for day, of_day in groupby(rows, key=_day)],
        declined=_called_off(lost, booked),
        lacking=_lacking(unplaced, names, booked | {row.session.case_id for row in lost}),
        waiting=_waiting(plan),
        load=load_now(plan),
        standing=standing_now,
    )


def joinable(session: SparringSession) -> QuerySet[SparringSession]:
    """Proposals of the same draft that can be the other case of a group session.

    Those first whose caseworker has asked for one.
    """
    return (
        SparringSession.objects.filter(plan=session.plan_id, state=SessionState.PROPOSED)
        .exclude(length=PART_LENGTH)
        .exclude(case__owner=session.case.owner_id)
        .select_related("case__owner", "request")
        .order_by("-request__duration_minutes", "starts_at", "pk")
    )


def why_sentences(parts: PairParts, themes: Mapping[int, str]) -> list[str]:
    """Why a colleague fits, in words; `parts` as a session keeps them."""
    found = [
        _("Has the theme “%(theme)s” at heart.") % {"theme": themes[number]}
        for number in parts["themes"]
        if number in themes
    ]
    if parts["knows_group"]:
        found.append(_("Knows the target group."))
    if parts["last_met"] is None:
        found.append(_("The two have not had a sparring together before."))
    else:
        day = date_format(date.fromisoformat(parts["last_met"]), "DATE_FORMAT")
        found.append(_("Their last sparring together was on %(day)s.") % {"day": day})
    if parts["pick_me_next"]:
        found.append(_("Would like to be picked next."))
    found.append(
        _("Has %(share)s %% of a month’s sessions left.") % {"share": _per_cent(parts["load"])}
    )
    return found


def fit(affinity: float) -> str:
    """An affinity of 0–1 as "73 of 100"."""
    return _("fits %(points)s of 100") % {"points": _per_cent(affinity)}


def _per_cent(share: float) -> str:
    return number_format(round(share * 100))


def _day(row: PlanRow) -> date:
    return timezone.localtime(row.session.starts_at).date()


def _row(
    session: SparringSession,
    names: Mapping[int, str],
    themes: Mapping[int, str],
    *,
    priced: bool,
) -> PlanRow:
    participations = list(session.participations.all())
    explanation: MatchExplanation = session.match_explanation
    partners = [
        participation
        for participation in participations
        if participation.role != ParticipantRole.PRESENTER
    ]
    return PlanRow(
        session=session,
        presenter=session.case.owner,
        partners=partners,
        reasons=[label(code) for code in _reasons(session)],
        why=[
            (f"{names[int(pk)]}: {fit(parts['affinity'])}", why_sentences(parts, themes))
            for pk, parts in explanation.get("partners", {}).items()
        ],
        others=[_other(other, names, priced=priced) for other in explanation.get("others", ())],
        left_out=sorted(names[row["employee"]] for row in explanation.get("left_out", ())),
    )


def _reasons(session: SparringSession) -> list[str]:
    """Codes of what the case's record lacks now.

    Of a session that was held, what it lacked then.
    """
    need: RenewalNeed | None = getattr(session.case, "need", None)
    if session.state not in AHEAD:
        return list(session.request.reasons)
    return [hit["code"] for hit in (*need.hits, *need.waiting)] if need else []


def _other(other: OtherColleague, names: Mapping[int, str], *, priced: bool) -> str:
    """Who else could have come, and what it would cost while the proof is about this plan."""
    words = {"name": names[other["employee"]], "fit": fit(other["affinity"])}
    if not priced:
        return _("%(name)s %(fit)s.") % words
    if other.get("takes_away"):  # not stored by plans that were made before it was asked
        return _("%(name)s %(fit)s; but then another case would lack a colleague.") % words
    if other["loses"] is None:
        return _("%(name)s %(fit)s.") % words
    words["points"] = number_format(round(other["loses"] * 100, 1), 1)
    return _("%(name)s %(fit)s; choosing them costs the whole %(points)s points.") % words


def _names(unplaced: Iterable[UnplacedCase], sessions: Iterable[SparringSession]) -> dict[int, str]:
    """The names of everybody the plan mentions; one query."""
    ids: set[int] = set()
    for row in unplaced:
        ids |= set(row.colleagues)
    for session in sessions:
        explanation: MatchExplanation = session.match_explanation
        ids |= {int(pk) for pk in explanation.get("partners", {})}
        ids |= {other["employee"] for other in explanation.get("others", ())}
        ids |= {left["employee"] for left in explanation.get("left_out", ())}
    return {pk: str(employee) for pk, employee in Employee.objects.in_bulk(ids).items()}


def _called_off(rows: Sequence[PlanRow], booked: set[int]) -> list[PlanRow]:
    """The newest called-off session of each case that has no other in the plan now."""
    cancelled = {row.session.case_id: row for row in rows if row.session.case_id not in booked}
    return list(cancelled.values())


def _lacking(
    unplaced: Iterable[UnplacedCase], names: Mapping[int, str], placed: set[int]
) -> list[Lacking]:
    return [
        Lacking(
            case=row.case,
            text=row.get_why_display(),
            who=", ".join(names[pk] for pk in row.colleagues),
        )
        for row in unplaced
        if row.case_id not in placed
    ]


def _waiting(plan: SparringPlan) -> list[tuple[str, int]]:
    return list(plan.waiting.order_by("unit__name").values_list("unit__name", "cases"))


def answers(plan: SparringPlan) -> dict[str, int]:
    """How many of a published plan's partners have said what; one query."""
    participations = Participation.objects.filter(session__plan=plan).exclude(
        role=ParticipantRole.PRESENTER
    )
    counts = dict(participations.values_list("answer").annotate(n=Count("pk")).order_by())
    return {answer: counts.get(answer, 0) for answer in Answer.values}
