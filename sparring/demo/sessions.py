"""The demo's sessions: 45 closed, 6 whose outcome is missing, 9 booked.

Played through the domain functions, oldest first, at the time at which each thing happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from demo_content.files import read
from people.models import Employee
from people.roles import Role
from people.working_days import is_working_day
from sparring.beliefs.domain import actions
from sparring.beliefs.domain.beliefs import newest_belief
from sparring.beliefs.domain.needs import postponed_recompute
from sparring.bookings.domain.booking import book_session
from sparring.bookings.domain.invitations import answer_invitation
from sparring.bookings.domain.requests import request_sparring
from sparring.colleagues.calendar_rules import COPENHAGEN
from sparring.demo.cases import PAUSED, REQUESTED, SNOOZED
from sparring.demo.examples import SECOND, WORKED
from sparring.enums import ActionDone, ActionOutcome, ByRole, CaseStatus, ChosenBecause, IdeaMark
from sparring.models import Case, Outcome, SparringSession, session_formats
from sparring.notes.domain.notes import write_note
from sparring.sessions.domain import ideas as round_of_ideas
from sparring.sessions.domain import rounds, steps
from sparring.sessions.domain.outcomes import Agreement, close_session, follow_up
from sparring.sessions.queries.facilitation import driver_of

CLOSED, AWAITING, BOOKED = 45, 6, 9
# Closed sessions are about this many cases: the oldest have had two.
CLOSED_CASES = 30
DAYS_BETWEEN = 6
# Older sessions than this one have their outcome only; the rest have bids, cards, ideas and notes
# too.
TOLD_FROM = 20
# »Noget andet« asks for words of its own.
REASONS = [because for because in ChosenBecause if because != ChosenBecause.OTHER]
MOVES = (2, 0, 1, -1, 3, 0, 2, 1)
LENGTHS = (25, 25, 25, 10, 25, 25, 25)
LEVELS = ((2, "low"), (6, "medium"), (10, "high"))
MARKS = (IdeaMark.PLUS, IdeaMark.QUESTION, IdeaMark.MINUS)
REACTIONS = (
    "Jeg troede ikke, I mente det. Nu vil jeg gerne prøve igen.",
    "Det var kortere, end jeg havde frygtet.",
    "",
)
LOCATIONS = ("Lokale 2", "Mødeboksen", "Online", "Kantinen, bordet i hjørnet")


@dataclass(frozen=True)
class Script:
    """One session to play: its number gives it texts, numbers and people of its own."""

    number: int
    case: Case
    starts_at: datetime


@transaction.atomic
def load() -> dict[str, int]:
    """Make the sessions where there are none; returns how many of each kind were made."""
    cases = _cases()
    if SparringSession.objects.exists() or not cases:
        return {"sessions": 0}
    player = Player(read("cases"))
    with postponed_recompute():
        followed = sum(player.close(script) for script in _closed(cases))
        awaiting = [player.leave_open(script) for script in _awaiting(cases)]
        booked = [player.book(script) for script in _booked(cases)]
    return {
        "closed sessions": CLOSED,
        "follow-ups": followed,
        "sessions without outcome": len(awaiting),
        "booked sessions": len(booked),
    }


class Player:
    """Plays sessions. Texts are taken from the material in turn."""

    def __init__(self, material: dict[str, Any]) -> None:
        self.material = material
        self.staff: dict[int, list[Employee]] = {}
        for employee in Employee.objects.with_role(Role.CASEWORKER).order_by("pk"):
            self.staff.setdefault(employee.municipality_id or 0, []).append(employee)

    def book(self, script: Script) -> SparringSession:
        """Book the session a week before; the first partner says yes at once."""
        at = min(script.starts_at - timedelta(days=7), timezone.now() - timedelta(hours=2))
        length = LENGTHS[script.number % len(LENGTHS)]
        request_sparring(
            case=script.case,
            actor=script.case.owner,
            key_question=self._text("key_questions", script.number),
            duration_minutes=length,
            at=at,
        )
        partners = self._partners(script, 1 if length == min(LENGTHS) else 2)
        session = book_session(
            actor=script.case.owner,
            case=script.case,
            partners=partners,
            starts_at=script.starts_at,
            location=LOCATIONS[script.number % len(LOCATIONS)],
            confirmed=True,
            at=at,
        )
        ahead = script.starts_at > timezone.now()
        for partner in partners[:1] if ahead else partners:
            answer_invitation(session=session, actor=partner, yes=True, at=at)
        return session

    def hold(self, script: Script) -> SparringSession:
        """Book the session and go through its steps up to the agreement."""
        session, owner, at = self.book(script), script.case.owner, script.starts_at
        partners = [row.employee for row in session.participations.all() if row.employee != owner]
        session = steps.start_session(actor=owner, session=session, at=at)
        if script.number < TOLD_FROM:
            return session
        for minute, step in ((7, session_formats.BIDS), (11, session_formats.CARDS)):
            now = at + timedelta(minutes=minute)
            session = steps.go_to_step(actor=_leader(session), session=session, step=step, at=now)
            if step == session_formats.BIDS:
                self._bid(script, session, [owner, *partners], now)
        self._think(script, session, partners)
        return session

    def leave_open(self, script: Script) -> SparringSession:
        """Hold the session and end it without an outcome."""
        session = self.hold(script)
        at = session.ends_at
        return steps.end_session(actor=script.case.owner, session=session, at=at)

    def close(self, script: Script) -> bool:
        """Hold and close the session; returns whether it has been followed up since."""
        session = self.hold(script)
        outcome = close_session(
            actor=script.case.owner,
            session=session,
            agreement=self._agreement(script, session),
            at=session.ends_at,
        )
        return self._follow_up(script, outcome)

    def _bid(
        self, script: Script, session: SparringSession, people: Sequence[Employee], now: datetime
    ) -> None:
        value = _belief_before(script)
        for index, person in enumerate(people):
            bid = _within(value + index * MOVES[(script.number + index) % len(MOVES)])
            rounds.give_bid(
                actor=person,
                session=session,
                value=bid,
                because=self._reason(bid, script.number + index),
                at=now,
            )

    def _think(
        self, script: Script, session: SparringSession, partners: Sequence[Employee]
    ) -> None:
        owner = script.case.owner
        ideas = [
            round_of_ideas.add_idea(
                actor=partner,
                session=session,
                text=self._text("ideas", script.number + index),
                anonymous=(script.number + index) % 4 == 0,
            )
            for index, partner in enumerate(partners)
        ]
        notes = self._text("session_notes", script.number)
        write_note(actor=owner, session=session, text=notes)
        last = session_formats.IDEAS if session.length > min(LENGTHS) else session_formats.AGREEMENT
        now = script.starts_at + timedelta(minutes=session.length - 3)
        steps.go_to_step(actor=_leader(session), session=session, step=last, at=now)
        if last == session_formats.IDEAS:
            round_of_ideas.pass_own_idea(actor=owner, session=session, at=now)
        for index, idea in enumerate(ideas):
            mark = MARKS[(script.number + index) % len(MARKS)]
            round_of_ideas.mark_idea(actor=owner, idea=idea, mark=mark)

    def _agreement(self, script: Script, session: SparringSession) -> Agreement:
        agreed = self.material["agreed_actions"][
            script.number % len(self.material["agreed_actions"])
        ]
        value = _within(_belief_before(script) + MOVES[script.number % len(MOVES)])
        today = timezone.localdate(session.ends_at)
        return Agreement(
            value=value,
            because=self._reason(value, script.number, besides=script.case),
            kind=agreed["kind"],
            what=agreed["text"],
            responsible=script.case.owner,
            deadline=today + timedelta(days=agreed["deadline_days"]),
            first_step_on=today + timedelta(days=min(7, agreed["deadline_days"])),
            chosen_because=REASONS[script.number % len(REASONS)],
            citizen_told=self._text("citizen_next", script.number),
            citizen_told_on=today + timedelta(days=3),
        )

    def _follow_up(self, script: Script, outcome: Outcome) -> bool:
        """Follow up on most of what is due: done, partly, or not, and then why."""
        row, owner = outcome.follow_up, script.case.owner
        due = moment(row.due_on, time(14, 0))
        if due > timezone.now() or script.number % 9 == 0:
            return False
        answer = (ActionDone.YES, ActionDone.YES, ActionDone.PARTLY, ActionDone.NO)[
            script.number % 4
        ]
        if answer == ActionDone.NO:
            actions.end_action(
                action=outcome.action, actor=owner, outcome=ActionOutcome.STOPPED, at=due
            )
            note = "Det kunne ikke lade sig gøre endnu. Vi prøver en anden vej."
        else:
            self._carry_out(script, outcome, due)
            note = self._text("success_moments", script.number)
        follow_up(
            actor=owner, follow_up=row, action_done=answer, note=note, at=due,
            citizen_reaction=REACTIONS[script.number % len(REACTIONS)],
        )  # fmt: skip
        return True

    def _carry_out(self, script: Script, outcome: Outcome, due: datetime) -> None:
        began = outcome.action.planned_for
        action = actions.start_action(
            action=outcome.action, actor=script.case.owner, on=began, at=due
        )
        actions.end_action(
            action=action, actor=script.case.owner, outcome=ActionOutcome.COMPLETED, at=due
        )

    def _partners(self, script: Script, count: int) -> list[Employee]:
        owner = script.case.owner
        away = {owner.pk, owner.line_manager_id}
        staff = [
            person for person in self.staff[script.case.municipality_id] if person.pk not in away
        ]
        first = script.number % len(staff)
        return [*staff[first:], *staff[:first]][:count]

    def _reason(self, value: int, number: int, besides: Case | None = None) -> str:
        """A text of that level; `besides`: the case whose newest belief says something else."""
        said = newest_belief(besides, ByRole.CASEWORKER) if besides else None
        level = next(name for most, name in LEVELS if value <= most)
        texts = [
            text["text"]
            for text in self.material["beliefs"]
            if text["by"] == "caseworker"
            and text["level"] == level
            and (said is None or text["text"] != said.because)
        ]
        return texts[number % len(texts)]

    def _text(self, name: str, number: int) -> str:
        texts = self.material[name]
        text: str = texts[number % len(texts)]
        return text


def _cases() -> list[Case]:
    """Ordinary open cases with colleagues to ask, the oldest first; the told ones stay as told."""
    kept = {story.code for story in (*WORKED, *SECOND)} | {*PAUSED, *SNOOZED, *REQUESTED}
    cases = Case.objects.filter(status=CaseStatus.ACTIVE).exclude(code__in=kept)
    with_colleagues = cases.exclude(municipality__slug="strandager")
    return list(with_colleagues.select_related("owner", "unit").order_by("started", "code"))


def _closed(cases: Sequence[Case]) -> Iterator[Script]:
    today = timezone.localdate()
    for number in range(CLOSED):
        day = today - timedelta(days=DAYS_BETWEEN * (CLOSED - number) + 4)
        clock = time(9 + number % 3, 0)
        yield Script(number, cases[number % CLOSED_CASES], moment(workday(day, back=True), clock))


def _awaiting(cases: Sequence[Case]) -> Iterator[Script]:
    today = timezone.localdate()
    for number, case in enumerate(cases[CLOSED_CASES : CLOSED_CASES + AWAITING]):
        day = workday(today - timedelta(days=1 + number), back=True)
        yield Script(
            CLOSED + number, case, moment(day, time(13, 0)) + number * timedelta(minutes=20)
        )


def _booked(cases: Sequence[Case]) -> Iterator[Script]:
    """The first is the demo caseworker's own and can be started at once; the next is tomorrow's."""
    login = Employee.objects.with_role(Role.CASEWORKER).order_by("pk").first()
    left = cases[CLOSED_CASES + AWAITING :]
    chosen = sorted(left, key=lambda case: case.owner_id != getattr(login, "pk", 0))[:BOOKED]
    for number, case in enumerate(chosen):
        day = workday(timezone.localdate() + timedelta(days=1 + number), back=False)
        starts_at = _soon() if number == 0 else moment(day, time(9 + number % 6, 0))
        yield Script(CLOSED + AWAITING + number, case, starts_at)


def _soon() -> datetime:
    """The next five minutes on the clock that are at least ten minutes ahead."""
    ahead = timezone.now() + timedelta(minutes=15)
    return ahead.replace(minute=ahead.minute - ahead.minute % 5, second=0, microsecond=0)


def workday(day: date, *, back: bool) -> date:
    """The day, or the nearest working day before or after it."""
    while not is_working_day(day):
        day += timedelta(days=-1 if back else 1)
    return day


def moment(day: date, clock: time) -> datetime:
    """Return the time of day in Copenhagen on that day, with its time zone."""
    return datetime.combine(day, clock, tzinfo=COPENHAGEN)


def _belief_before(script: Script) -> int:
    """The caseworker's number before the session; 4 where none had been given."""
    rows = script.case.beliefs.filter(
        by_role=ByRole.CASEWORKER, corrected_by__isnull=True, registered_at__lt=script.starts_at
    )
    newest = rows.first()
    return newest.value if newest else 4


def _within(value: int) -> int:
    return max(0, min(10, value))


def _leader(session: SparringSession) -> Employee:
    """Whoever moves the session from step to step."""
    index = driver_of(session)
    assert index is not None
    return index.employee
