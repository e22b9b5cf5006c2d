"""The demo's ordinary cases, drawn by a fixed seed: the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from sparring.demo.examples import CITIZEN, OWN, SECOND, WORKED, Believed, End, Event, Step, Story
from sparring.enums import ActionKind, ClosedAs

SEED = 20261122
PREFIX = {"fjordby": "FJ", "hedelund": "HE", "strandager": "ST"}
WORKERS = {"fjordby": 4, "hedelund": 2, "strandager": 1}
# 90 open and 240 closed cases; Strandager is small enough that its counts are hidden.
OPEN = {"fjordby": 62, "hedelund": 24, "strandager": 4}
CLOSED = {"fjordby": 170, "hedelund": 64, "strandager": 6}
FIRST_CLOSED = 301
# First bid -> (closed cases, how many of them began): 15 of 240, by step as in docs/domain.md C.
BY_STEP = (
    ((0, 1, 2), 72, 1),
    ((3, 4), 77, 2),
    ((5, 6), 53, 4),
    ((7, 8), 29, 5),
    ((9, 10), 9, 3),
)
KINDS = tuple(kind for kind in ActionKind if kind is not ActionKind.OTHER)
# How the others ended; one of ten moved away, which is no answer to the question.
ENDED = (
    *(ClosedAs.OTHER,) * 5,
    *(ClosedAs.FLEX_JOB,) * 2,
    *(ClosedAs.PAID_HOURS,) * 2,
    ClosedAs.MOVED,
)


def open_stories() -> Iterator[Story]:
    """The worked cases and, beside them, ordinary ones up to the numbers of `OPEN`."""
    rng = Random(SEED)  # noqa: S311 (a fixed draw, no secret)
    worked = (*WORKED, *SECOND)
    yield from worked
    for town, count in OPEN.items():
        known = sum(story.municipality == town for story in worked)
        for number in range(known + 1, count + 1):
            yield _open_story(rng, town, number)


def closed_stories() -> Iterator[Story]:
    """240 cases of the last 36 months whose first bid is over a year old."""
    rng = Random(SEED + 1)  # noqa: S311 (a fixed draw, no secret)
    drawn = [
        (rng.choice(steps), began < success)
        for steps, cases, success in BY_STEP
        for began in range(cases)
    ]
    rng.shuffle(drawn)
    towns = [town for town, count in CLOSED.items() for _ in range(count)]
    numbers = dict.fromkeys(CLOSED, FIRST_CLOSED)
    for (value, success), town in zip(drawn, towns, strict=True):
        yield _closed_story(rng, town, numbers[town], value, success=success)
        numbers[town] += 1


def _open_story(rng: Random, town: str, number: int) -> Story:
    months = rng.randint(2, 40)
    days = round(months * 30)
    value, events = rng.choice((2, 3, 4, 4, 5, 5, 6, 6, 7, 8)), list[Event]()
    newest = min(days - 5, rng.choice((8, 20, 35, 50, 70, 85, 110, 150)))
    for ago in (newest + 240, newest + 120, newest):
        if ago < days:
            events.append(Believed(ago, OWN, _near(rng, value)))
    if rng.random() < 0.8:
        events.append(
            Believed(min(days - 2, newest + rng.randint(0, 60)), CITIZEN, _near(rng, value, 2))
        )
    if rng.random() < 0.75:
        events.append(_step(rng, min(days - 1, rng.randint(10, 300))))
    if days > 200 and rng.random() < 0.5:
        events.append(Step(days - 60, ActionKind.COMPANY_VISIT, days - 61))
    return _story(rng, town, number, months, events)


def _closed_story(rng: Random, town: str, number: int, value: int, *, success: bool) -> Story:
    months = rng.randint(14, 35)
    days = round(months * 30.5)
    first = days - rng.randint(5, 35)
    lasted = rng.randint(100, 320) if success else rng.randint(380, max(381, first - 10))
    over = max(5, first - lasted)
    closed_as = rng.choice((ClosedAs.JOB, ClosedAs.JOB, ClosedAs.EDUCATION))
    events: list[Event] = [
        Believed(first, OWN, value),
        Believed(first - rng.randint(1, 20), CITIZEN, _near(rng, value, 2)),
        End(over, closed_as if success else rng.choice(ENDED)),
    ]
    events.extend(
        Believed(ago, OWN, _near(rng, value)) for ago in (first - 130, first - 260) if ago > over
    )
    begun = first - rng.randint(20, 90)
    events.append(Step(begun, rng.choice(KINDS), max(over, begun - rng.randint(20, 120))))
    return _story(rng, town, number, months, events)


def _story(rng: Random, town: str, number: int, months: float, events: list[Event]) -> Story:
    return Story(
        code=f"{PREFIX[town]}-{number:04d}",
        months=months,
        events=events,
        worker=rng.randrange(WORKERS[town]),
        municipality=town,
    )


def _step(rng: Random, ago: int) -> Step:
    ended = ago - rng.randint(20, 90)
    return Step(ago, rng.choice(KINDS), ended if ended > 0 and rng.random() < 0.6 else None)


def _near(rng: Random, value: int, most: int = 1) -> int:
    return min(10, max(0, value + rng.randint(-most, most)))
