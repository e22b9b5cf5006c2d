"""The cases and people of some days, to be matched: for a new draft, and to weigh an old one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from sparring.colleagues.calendars import read_calendars
from sparring.colleagues.candidate_pairs import Window, free_starts, limits_of, read_pool
from sparring.colleagues.constraints import candidates
from sparring.colleagues.solve import Question, question
from sparring.enums import ParticipantRole
from sparring.models import Participation

from .case_selection import Choice, capacity_of_units, choose, wanted_cases

if TYPE_CHECKING:
    from people.models import Municipality
    from sparring.models import SparringPlan


@dataclass(frozen=True)
class Asked:
    """What is to be solved, for which cases; of the same question the fingerprint is the same."""

    question: Question
    choice: Choice
    fingerprint: str


def read_window(
    municipality: Municipality,
    window: Window,
    partners: int,
    *,
    agreed: Mapping[int, set[int]],
    draft: SparringPlan | None = None,
) -> Asked:
    """What the municipality wants in these days and who is there; writes and solves nothing.

    agreed: pairs to keep where nothing is lost by it, partners' ids by the case's. draft: what it
    made itself counts as not made, so that it is weighed against the same wishes.
    """
    wanted = wanted_cases(municipality, draft=draft)
    guests = any(wanted_case.request and wanted_case.request.allow_guest for wanted_case in wanted)
    askable = candidates(municipality.pk, guests=guests)
    owners = [wanted_case.case.owner for wanted_case in wanted]
    people = list({person.pk: person for person in (*askable, *owners)}.values())
    calendars = read_calendars(people, window.first_day, window.days)
    starts, free = free_starts(window, people, calendars)
    has_time = frozenset(person.pk for person, row in zip(people, free, strict=True) if row.any())
    room = capacity_of_units(municipality, window.first_day, window.days)
    most = limits_of(people, starts, calendars).presented_at_most(free)
    presents = {person.pk: int(cases) for person, cases in zip(people, most, strict=True)}
    choice = choose(wanted, has_time, room, presents)
    pool = read_pool(
        window,
        [wanted_case.case for wanted_case in choice.wanted],
        people,
        askable=frozenset(person.pk for person in askable),
        calendars=calendars,
        hits={wanted_case.case.pk: wanted_case.hits for wanted_case in choice.wanted},
    )
    row_of_person = {person.pk: index for index, person in enumerate(people)}
    asked = question(
        pool,
        need=[wanted_case.need(partners) for wanted_case in choice.wanted],
        lengths=[wanted_case.length for wanted_case in choice.wanted],
        agreed=[
            (row, row_of_person[person])
            for row, wanted_case in enumerate(choice.wanted)
            for person in sorted(agreed.get(wanted_case.case.pk, ()))
            if person in row_of_person
        ],
    )
    return Asked(asked, choice, _fingerprint(asked))


def pairs_of(plans: Iterable[SparringPlan]) -> dict[int, set[int]]:
    """Who is with which case in these plans: partners' ids by the case's; one query."""
    pairs = Participation.objects.filter(session__plan__in=list(plans)).exclude(
        role=ParticipantRole.PRESENTER
    )
    found: dict[int, set[int]] = {}
    for case, person in pairs.values_list("session__case", "employee"):
        found.setdefault(case, set()).add(person)
    return found


def _fingerprint(asked: Question) -> str:
    """Of the cases, people, limits, times and affinities that a proof is about."""
    pool, problem = asked.pool, asked.problem
    digest = sha256()
    for column in (problem.case_ids, problem.colleague_ids, pool.starts):
        digest.update(repr([str(entry) for entry in column]).encode())
    for array in (
        problem.capacity,
        problem.owner,
        problem.need,
        problem.session_free,
        problem.colleague_free,
        problem.pair_case,
        problem.pair_colleague,
        problem.affinity,
        pool.limits.a_day,
        pool.limits.a_week,
        pool.limits.presented,
    ):
        digest.update(array.tobytes())
    return digest.hexdigest()
