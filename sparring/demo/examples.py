"""The demo cases whose story is told: the nine worked examples and a second hit of every rule.

Days are counted back from today; `D` marks what happens to a case on one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sparring.enums import ActionKind, ByRole

OWN, CITIZEN = ByRole.CASEWORKER, ByRole.CITIZEN
MONTH = 30.5


@dataclass(frozen=True)
class Believed:
    """A belief registered `ago` days ago; `text` picks the reason, the next one by default."""

    ago: int
    by: ByRole
    value: int
    text: int | None = None


@dataclass(frozen=True)
class Step:
    """An action that began `ago` days ago; `ended` days ago, or it is still under way.

    `beside`: it goes on beside what was under way already.
    """

    ago: int
    kind: ActionKind
    ended: int | None = None
    beside: bool = False


@dataclass(frozen=True)
class Promise:
    """An action planned `ago` days ago; `begins` and `due` are days back, ahead when negative."""

    ago: int
    kind: ActionKind
    begins: int | None = None
    due: int | None = None


@dataclass(frozen=True)
class HandOver:
    """The case goes from the predecessor to its owner `ago` days ago."""

    ago: int


@dataclass(frozen=True)
class End:
    """The case closes `ago` days ago."""

    ago: int
    closed_as: str


Event = Believed | Step | Promise | HandOver | End


@dataclass(frozen=True)
class Story:
    """One demo case. `municipality` is a slug; `worker` its caseworker's place in the unit."""

    code: str
    months: float
    events: Sequence[Event] = field(default_factory=tuple)
    worker: int = 0
    municipality: str = "fjordby"

    @property
    def started(self) -> int:
        """Days since the case began."""
        return round(self.months * MONTH)


PLACEMENT, COURSE = ActionKind.PLACEMENT, ActionKind.COURSE
TRIED = Step(200, PLACEMENT, 140)
RUNNING = Step(30, PLACEMENT)
BESIDE = Step(20, ActionKind.HEALTH, beside=True)

# docs/domain.md B3, "Worked examples", A to I, with the same figures.
WORKED = (
    Story("FJ-0001", 12, (Believed(40, OWN, 6), Believed(40, CITIZEN, 6), RUNNING)),
    Story(
        "FJ-0002", 30, (Step(430, COURSE, 370), Believed(130, OWN, 7), Believed(130, CITIZEN, 6))
    ),
    Story("FJ-0003", 24, (Believed(60, OWN, 2), Believed(60, CITIZEN, 7), Step(50, COURSE))),
    Story(
        "FJ-0004",
        20,
        (
            Believed(250, OWN, 7),
            TRIED,
            Believed(100, CITIZEN, 5),
            Believed(95, OWN, 4),
            HandOver(35),
        ),
    ),
    Story(
        "FJ-0005",
        18,
        (
            Believed(335, OWN, 5, 3),
            Believed(250, OWN, 5, 3),
            Believed(215, CITIZEN, 5),
            TRIED,
            Believed(170, OWN, 5, 3),
            Believed(85, OWN, 5, 3),
        ),
    ),
    Story(
        "FJ-0006",
        20,
        (Believed(428, OWN, 8), Believed(100, OWN, 8), Believed(100, CITIZEN, 7), RUNNING),
    ),
    Story(
        "FJ-0007",
        14,
        (TRIED, Promise(60, PLACEMENT, due=33), Believed(50, OWN, 5), Believed(50, CITIZEN, 5)),
    ),
    Story("FJ-0008", 8.1),
    Story("FJ-0009", 60, (Believed(210, OWN, 1), Believed(215, CITIZEN, 1))),
)

# A second case for every rule, so that each is seen in more than one setting.
SECOND = (
    Story("FJ-0010", 2.4, worker=1),
    Story(
        "FJ-0011",
        22,
        (TRIED, Believed(90, OWN, 8), Believed(25, CITIZEN, 4), Believed(20, OWN, 3)),
        worker=1,
    ),
    Story(
        "FJ-0012",
        11,
        (RUNNING, BESIDE, Believed(35, OWN, 8), Believed(33, CITIZEN, 4)),
        worker=2,
    ),
    Story(
        "FJ-0013", 16, (Step(250, PLACEMENT, 215), Believed(60, OWN, 7), Believed(58, CITIZEN, 7))
    ),
    Story(
        "FJ-0014",
        15,
        (Believed(70, OWN, 5), TRIED, Believed(66, CITIZEN, 4), HandOver(50)),
        worker=2,
    ),
    Story(
        "FJ-0015",
        17,
        (
            Believed(300, OWN, 3, 1),
            TRIED,
            Believed(160, OWN, 3, 1),
            Believed(60, CITIZEN, 4),
            Believed(40, OWN, 3, 1),
        ),
        worker=3,
    ),
    Story(
        "FJ-0016",
        19,
        (
            Believed(400, OWN, 7),
            Believed(45, OWN, 7),
            Believed(44, CITIZEN, 8),
            RUNNING,
            BESIDE,
        ),
    ),
    Story(
        "FJ-0017",
        13,
        (
            TRIED,
            Believed(40, OWN, 6),
            Believed(38, CITIZEN, 6),
            Promise(30, ActionKind.TRIAL_DAY, due=9),
        ),
        worker=3,
    ),
    # R12 is on in Hedelund only: one step after the other, the company last.
    Story(
        "HE-0001",
        9,
        (
            Believed(30, OWN, 4),
            Believed(28, CITIZEN, 5),
            Promise(20, COURSE, begins=-14),
            Promise(20, PLACEMENT, begins=-70),
        ),
        municipality="hedelund",
    ),
    Story(
        "HE-0002",
        7,
        (
            Believed(44, OWN, 5),
            Believed(40, CITIZEN, 5),
            Promise(12, ActionKind.HEALTH, begins=-7),
            Promise(12, ActionKind.TRIAL_DAY, begins=-40),
        ),
        worker=1,
        municipality="hedelund",
    ),
)
