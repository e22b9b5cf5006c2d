"""One pair, or one case, looked at outside a plan: how well it fits, who could come and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from matching.problem import SCALE
from renewal import Hit, local_date
from sparring.colleagues.queries.group_sessions import parts_of
from sparring.colleagues.queries.plan_changes import is_changed
from sparring.enums import Answer, ExclusionReason, ParticipantRole, SessionState
from sparring.models import Case, RenewalNeed, SparringPlan, SparringSession
from sparring.models.session_formats import GROUP

from .affinity import themes_of_case
from .calendars import read_calendars
from .candidate_pairs import Pool, Window, read_pool
from .constraints import candidates, open_to_guests
from .explanations import pair_parts
from .manual_check import about
from .time_slots import Settling, ranked

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.models.json_shapes import MatchExplanation, PairParts, PlanCertificate


@dataclass(frozen=True)
class Offer:
    """A colleague who could come, and the earliest time that suits both."""

    employee: Employee
    starts_at: datetime
    keeps_time: bool
    parts: PairParts


@dataclass(frozen=True)
class Colleague:
    """A colleague to choose by hand; `whys` speak against it: pages never say which.

    loses: the least that the whole draft would lose (affinity); None where it has no price.
    takes_away: another case of the draft would then lack a colleague.
    """

    employee: Employee
    affinity: float
    exclusion_reasons: list[ExclusionReason]
    loses: float | None = None
    takes_away: bool = False


def describe_pair(case: Case, partner: Employee, starts_at: datetime) -> PairParts:
    """How well a partner chosen by hand fits, as `explanations.pair_parts` tells it."""
    hits = hits_of(case)
    pool = _pool(case, [case.owner, partner], Window(local_date(starts_at), 1, starts_at), hits)
    return pair_parts(pool, 0, 1, themes_of_case(hits))


def offers(
    case: Case,
    window: Window,
    *,
    length: timedelta,
    wanted: datetime | None = None,
    most: int = 5,
) -> list[Offer]:
    """Who could come, nobody else's session moving: at the wanted time first, best fit first."""
    hits = hits_of(case)
    everybody = (*askable(case), case.owner)
    people = list({person.pk: person for person in everybody}.values())
    pool = _pool(case, people, window, hits)
    settling, themes = Settling(pool), themes_of_case(hits)
    found = []
    for person in ranked(pool, 0):
        start = next(iter(settling.times(0, [person], length, wanted)), None)
        if start is not None:
            parts = pair_parts(pool, 0, person, themes)
            found.append(Offer(pool.people[person], start, start == wanted, parts))
    found.sort(key=lambda offer: (not offer.keeps_time, -offer.parts["affinity"]))
    return found[:most]


def colleagues(session: SparringSession) -> list[Colleague]:
    """Everybody who could be thought of for a session: without objections first, best fit first.

    Those against whom something speaks, overruled or not, come after in the order of their names:
    nobody is missing, so that a quiet exception is not seen. A guest is there only without any
    objection: what else fills their days is not told across.
    """
    case = session.case
    people = [person for person in askable(case) if person.pk != case.owner_id]
    window = Window(local_date(session.starts_at), 1, session.starts_at)
    pool = _pool(case, [*people, case.owner], window, hits_of(case), parts_of(session))
    present, priced = _partners(session), _has_prices(session)
    found = []
    for index, person in enumerate(people):
        exclusion_reasons = list(
            about(
                case,
                person,
                pool.rules,
                pool.calendars[person.pk],
                starts_at=session.starts_at,
                ends_at=session.ends_at,
            )
        )
        calendar = pool.calendars[person.pk]
        exclusion_reasons += calendar.week_objections(
            session.starts_at, session.ends_at, presents=False
        )
        others = present - {person.pk} if len(present) > 1 else ()
        if pool.rules.is_at_odds(person.pk, others):
            exclusion_reasons.append(ExclusionReason.NOT_POSSIBLE)
        guest = person.municipality_id != case.municipality_id
        if not (guest and exclusion_reasons):
            fits = int(pool.shown[0, index]) / SCALE
            loses, takes_away = (
                _price(session, person, fits) if priced and not exclusion_reasons else (None, False)
            )
            found.append(Colleague(person, fits, exclusion_reasons, loses, takes_away))
    return sorted(found, key=_free_first)


def _free_first(colleague: Colleague) -> tuple[bool, float, str]:
    if colleague.exclusion_reasons:
        return True, 0, str(colleague.employee)
    return False, -colleague.affinity, ""


def _partners(session: SparringSession) -> set[int]:
    """Ids of those who are in the session beside whoever brings the case."""
    participations = session.participations.exclude(answer=Answer.NO)
    participations = participations.exclude(role=ParticipantRole.PRESENTER)
    return set(participations.values_list("employee", flat=True))


def free_now(case: Case, at: datetime, length: timedelta) -> list[Colleague]:
    """Everybody of the own municipality against whom nothing speaks at this moment, best first."""
    people = [person for person in candidates(case.municipality_id) if person.pk != case.owner_id]
    pool = _pool(case, [*people, case.owner], Window(local_date(at), 1, at), hits_of(case))
    found = [
        Colleague(person, int(pool.shown[0, index]) / SCALE, [])
        for index, person in enumerate(people)
        if not any(
            about(
                case,
                person,
                pool.rules,
                pool.calendars[person.pk],
                starts_at=at,
                ends_at=at + length,
            )
        )
    ]
    return sorted(found, key=lambda colleague: -colleague.affinity)


def _has_prices(session: SparringSession) -> bool:
    """Whether the proof says what another colleague costs: of a draft as it was made."""
    if session.state != SessionState.PROPOSED or not session.as_matched:
        return False
    return session.plan is not None and not is_changed(session.plan)


def _price(session: SparringSession, person: Employee, fits: float) -> tuple[float | None, bool]:
    """What choosing somebody costs the whole draft, and whether another case would lack somebody.

    Exact for the cheapest, which are stored. Else the least: as much as the dearest of those, or
    what the certificate's prices say.
    """
    assert session.plan is not None
    explanation: MatchExplanation = session.match_explanation
    certificate: PlanCertificate = session.plan.certificate
    stored = {other["employee"]: other for other in explanation["others"]}
    if person.pk in stored:
        return stored[person.pk]["loses"], stored[person.pk].get("takes_away", False)
    prices = certificate["prices"]
    held = [
        parts["affinity"] - prices.get(pk, 0) / SCALE
        for pk, parts in explanation["partners"].items()
    ]
    by_price = min(held) - (fits - prices.get(str(person.pk), 0) / SCALE)
    known = (other["loses"] for other in stored.values() if other["loses"] is not None)
    return max(by_price, *known, 0.0), False


def times(
    session: SparringSession, partners: Sequence[Employee], window: Window, *, a_day: int = 3
) -> list[datetime]:
    """Other starts in the window that suit everybody in a session, at most `a_day` on each day."""
    people = [session.case.owner, *partners]
    parts = parts_of(session)
    settling = Settling(_pool(session.case, people, window, (), parts), spread=False)
    length = timedelta(minutes=sum(part.length for part in parts))
    found: dict[date, list[datetime]] = {}
    for start in settling.times(0, range(1, len(people)), length):
        if start != session.starts_at:
            found.setdefault(local_date(start), []).append(start)
    return [start for starts in found.values() for start in _spread(starts, a_day)]


def askable(case: Case) -> Sequence[Employee]:
    """Everybody who can be asked about the case; guests where its presenter allows one."""
    return candidates(case.municipality_id, guests=bool(open_to_guests([case])))


def group_times(
    plan: SparringPlan, parts: Sequence[SparringSession], others: Sequence[Employee]
) -> list[datetime]:
    """Every start in a draft's days that suits both caseworkers and the others for 40 minutes."""
    window = Window(plan.first_day, (plan.last_day - plan.first_day).days + 1, timezone.now())
    people = [*(part.case.owner for part in parts), *others]
    pool = _pool(parts[0].case, people, window, (), parts)
    settling = Settling(pool, spread=False)
    return list(settling.times(0, range(1, len(people)), timedelta(minutes=GROUP)))


def _spread(starts: Sequence[datetime], most: int) -> list[datetime]:
    """At most so many of a day's starts, from morning to afternoon."""
    step = max(1, -(-len(starts) // most))
    return list(starts[::step])


def hits_of(case: Case) -> list[Hit]:
    """The reasons the case has now, as the rules stored them."""
    need = RenewalNeed.objects.filter(case=case).first()
    return [Hit.from_json(hit) for hit in (*need.hits, *need.waiting)] if need else []


def _pool(
    case: Case,
    people: Sequence[Employee],
    window: Window,
    hits: Sequence[Hit],
    changing: Sequence[SparringSession] = (),
) -> Pool:
    drafts = {part.plan_id for part in changing if part.state == SessionState.PROPOSED}
    calendars = read_calendars(
        people,
        window.first_day,
        window.days,
        ignoring=[part.pk for part in changing],
        draft=next(iter(drafts), None),
    )
    askable = frozenset(person.pk for person in people)
    return read_pool(
        window, [case], people, askable=askable, calendars=calendars, hits={case.pk: hits}
    )
