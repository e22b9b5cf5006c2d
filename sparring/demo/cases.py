"""The demo's cases, played through the domain functions in the order in which things happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import singledispatchmethod
from itertools import count, cycle
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from demo_content.files import read
from kb.models import Offer
from people.models import Employee, Municipality
from people.roles import Role
from privacy import audit
from renewal import RULES
from sparring.beliefs.domain import actions, beliefs
from sparring.beliefs.domain.needs import postponed_recompute, recompute, snooze
from sparring.beliefs.queries.offers import open_actions
from sparring.bookings.domain.requests import request_sparring
from sparring.cases.domain import lifecycle
from sparring.demo.caseload import closed_stories, open_stories
from sparring.demo.examples import Believed, End, Event, HandOver, Promise, Step, Story
from sparring.enums import (
    ActionOutcome,
    BeliefSetting,
    ByRole,
    ChosenBecause,
    ContactForm,
    StrengthSource,
)
from sparring.handovers.domain.handing_over import HandoverNote, hand_over
from sparring.models import Case, TargetGroup
from sparring.shared.case_audit import record
from sparring.strengths.domain.strengths import Noted, set_strengths

LEVELS = ((2, "low"), (6, "medium"), (10, "high"))
# Codes of cases that wait in a state of their own.
PAUSED = ("FJ-0030", "FJ-0041", "HE-0010")
SNOOZED = ("FJ-0013",)
SOURCES = (StrengthSource.SAID, StrengthSource.SEEN, StrengthSource.COLLEAGUE)
REQUESTED = ("FJ-0002", "FJ-0009", "FJ-0011", "FJ-0014", "HE-0001")


@transaction.atomic
def load() -> dict[str, int]:
    """Make the cases where there are none and return how many of each kind were made."""
    if Case.objects.exists():
        return {"cases": 0}
    material = read("cases")
    for group in material["target_groups"]:
        TargetGroup.objects.get_or_create(code=group["code"], defaults={"label": group["label"]})
    _switch_on_the_staircase()
    player = Player(material)
    with postponed_recompute():
        made = {
            "open cases": player.play(open_stories()),
            "closed cases": player.play(closed_stories()),
        }
    made |= player.put_in_states()
    return {**made, "beliefs": player.beliefs}


def _switch_on_the_staircase() -> None:
    """R12 is off by default; one municipality has it on, so that the demo shows it."""
    town = Municipality.objects.get(slug="hedelund")
    town.renewal_thresholds = {"enabled": [str(code) for code in RULES]}
    town.save(update_fields=["renewal_thresholds"])
    audit.record(actor=None, action="municipality.set_thresholds", target=town)


class Player:
    """Plays stories of cases. Texts are taken from the material in turn."""

    def __init__(self, material: dict[str, Any]) -> None:
        self.now = timezone.localtime()  # days ago at the same hour, also across a clock change
        self.material = material
        self.groups = list(TargetGroup.objects.order_by("code"))
        self.staff = _caseworkers()
        self.turn = count()
        self.because = cycle(ChosenBecause)
        self.offers = list(Offer.objects.order_by(F("closed_on").asc(nulls_last=True), "pk"))
        self.beliefs = 0

    def play(self, stories: Iterable[Story]) -> int:
        """Play the stories; returns how many."""
        played = 0
        for story in stories:
            self._play(story)
            played += 1
        return played

    def put_in_states(self) -> dict[str, int]:
        """Pause, put off and ask for a few of the open cases."""
        for case in self._open(PAUSED):
            until = timezone.localdate() + timedelta(days=40)
            reason = "Barsel. Vi taler sammen igen, når den er slut."
            lifecycle.pause(case=case, actor=case.owner, reason=reason, until=until)
        for case in self._open(SNOOZED):
            until = timezone.localdate() + timedelta(days=21)
            snooze(case=case, actor=case.owner, until=until, reason="Venter på svar fra kommunen.")
        questions = self.material["key_questions"]
        for index, case in enumerate(self._open(REQUESTED)):
            at = self.now - timedelta(days=3 + 2 * index)
            request_sparring(case=case, actor=case.owner, key_question=questions[index], at=at)
        return {"paused": len(PAUSED), "put off": len(SNOOZED), "sparring_requests": len(REQUESTED)}

    def _open(self, codes: Sequence[str]) -> list[Case]:
        found = Case.objects.select_related("owner", "unit").filter(code__in=codes)
        return list(found.order_by("code"))

    def _play(self, story: Story) -> None:
        staff = self.staff[story.municipality]
        owner = staff[story.worker % len(staff)]
        handed = any(isinstance(event, HandOver) for event in story.events)
        first = staff[(story.worker + 1) % len(staff)] if handed else owner
        turn = next(self.turn)
        began = self._at(story.started)
        case = lifecycle.open_case(
            actor=first,
            code=story.code,
            target_group=self.groups[turn % len(self.groups)],
            started=timezone.localdate(began),
            contact_form=tuple(ContactForm)[turn % 4],
        )
        if not any(isinstance(event, End) for event in story.events):
            self._write_strengths(case, turn, began)
        for event in sorted(story.events, key=lambda other_event: -other_event.ago):
            case = self._do(event, case, owner) or case

    def _at(self, ago: int) -> datetime:
        return self.now - timedelta(days=ago)

    def _write_strengths(self, case: Case, turn: int, at: datetime) -> None:
        """None to three strengths by turns, and for every third case how to meet the citizen."""
        texts, notes = self.material["strengths"], self.material["ways_to_meet"]
        note = notes[turn // 3 % len(notes)] if turn % 3 == 0 else {}
        noted = [
            Noted(texts[(turn * 3 + index) % len(texts)], SOURCES[(turn + index) % len(SOURCES)])
            for index in range(turn % 4)
        ]
        if noted or note:
            set_strengths(case=case, actor=case.owner, strengths=noted, at=at, **note)

    @singledispatchmethod
    def _do(self, event: Event, case: Case, owner: Employee) -> Case | None:
        """Let one event happen; returns the case when it changed."""
        raise TypeError(f"A demo story has no {type(event).__name__}.")

    @_do.register
    def _bid(self, event: Believed, case: Case, owner: Employee) -> None:
        texts = self._reasons(event)
        index = next(self.turn) if event.text is None else event.text
        text = texts[index % len(texts)]
        self.beliefs += 1
        said = {"case": case, "by_role": event.by, "value": event.value, "because": text["text"]}
        if event.text is not None:
            self._read_in(said, case.owner, self._at(event.ago))
            return
        beliefs.register_belief(
            actor=case.owner, evidence=text["evidence"], at=self._at(event.ago), **said
        )

    def _read_in(self, said: dict[str, Any], owner: Employee, at: datetime) -> None:
        """Register a belief with a fixed text, the same time after time, so that rule R7 fires.

        It comes as with an imported caseload, for nobody says the same number with the same words
        here.
        """
        belief = beliefs.build_belief(
            by_employee=owner, setting=BeliefSetting.IMPORT, registered_at=at, **said
        )
        belief.save(force_insert=True)
        record(belief, owner, "belief.register")
        recompute([belief.case])

    def _reasons(self, event: Believed) -> list[dict[str, Any]]:
        level = next(name for most, name in LEVELS if event.value <= most)
        by = "citizen" if event.by == ByRole.CITIZEN else "caseworker"
        own = [text for text in self.material["beliefs"] if text["by"] == by]
        return [text for text in own if text["level"] == level] or own

    @_do.register
    def _step(self, event: Step, case: Case, owner: Employee) -> None:
        at = self._at(event.ago)
        day = timezone.localdate(at)
        others = list(open_actions(case)) if event.beside else ()
        action = actions.plan_action(
            case=case, actor=case.owner, kind=event.kind, started_on=day, at=at,
            offer=self._offer(event.kind, day), parallel_with=others, **self._why(),
        )  # fmt: skip
        if event.ended is None:
            return
        moments = self.material["success_moments"]
        actions.end_action(
            action=action,
            actor=case.owner,
            outcome=ActionOutcome.COMPLETED if next(self.turn) % 3 else ActionOutcome.STOPPED,
            success_moment=moments[next(self.turn) % len(moments)],
            at=self._at(event.ended),
        )

    def _offer(self, kind: str, day: date) -> Offer | None:
        """An offer of the kind that was open that day; those closed since come first."""
        for offer in self.offers:
            if offer.action_kind == kind and (offer.closed_on is None or offer.closed_on > day):
                return offer
        return None

    @_do.register
    def _promise(self, event: Promise, case: Case, owner: Employee) -> None:
        today = timezone.localdate()
        agreed = [row for row in self.material["agreed_actions"] if row["kind"] == event.kind]
        actions.plan_action(
            case=case,
            actor=case.owner,
            kind=event.kind,
            what=agreed[0]["text"] if agreed else "",
            planned_for=None if event.begins is None else today - timedelta(days=event.begins),
            deadline=None if event.due is None else today - timedelta(days=event.due),
            at=self._at(event.ago),
            **self._why(),
        )

    def _why(self) -> dict[str, Any]:
        because = next(self.because)
        words = "Bussen kører lige til døren." if because == ChosenBecause.OTHER else ""
        return {"chosen_because": because, "chosen_words": words}

    @_do.register
    def _hand_over(self, event: HandOver, case: Case, owner: Employee) -> Case:
        return hand_over(
            case=case,
            actor=case.owner,
            to=owner,
            reason="Ny fordeling i teamet",
            note=HandoverNote(
                agreed="Vi mødes hver anden torsdag. Næste gang ser vi på en arbejdsplads.",
                works="Korte møder om formiddagen og en besked dagen før.",
                keep="Interessen for at arbejde med hænderne. Den kom frem under en gåtur.",
            ),
            at=self._at(event.ago),
        )

    @_do.register
    def _end(self, event: End, case: Case, owner: Employee) -> Case:
        return lifecycle.close_case(
            case=case, actor=case.owner, closed_as=event.closed_as, at=self._at(event.ago)
        )


def _caseworkers() -> dict[str, list[Employee]]:
    """The demo's caseworkers by municipality, in the order of the people file."""
    found: dict[str, list[Employee]] = {}
    for employee in Employee.objects.with_role(Role.CASEWORKER).order_by("pk"):
        if employee.municipality is not None:
            found.setdefault(employee.municipality.slug, []).append(employee)
    return found
