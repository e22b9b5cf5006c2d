"""`benchmark sign_ups`: 500 people sign up at once for 100 places, over real connections.

It is done in a database of its own, made anew each time.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import time as clock
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING

from django.db import connection, connections
from django.utils import timezone

from events.domain.sign_ups import sign_up_employee
from events.enums import SignUpState
from events.models import EventIndexPage, EventPage
from kb.domain.tree import ensure_home
from kb.models import HomePage
from people.models import Employee
from privacy.benchmarks.database import benchmark_database

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

DATABASE = "sparringsrummet_sign_ups"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options: how many people, places, and connections at a time."""
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--places", type=int, default=100)
    parser.add_argument("--connections", type=int, default=100)


def run(options: Namespace) -> dict[str, object]:
    """500 sign-ups at once for 100 places: 100 in, 400 waiting in order, none lost."""
    with benchmark_database(fresh=True, name=DATABASE):
        event = _event(options.places)
        people = _people(options.people)
        seconds, failures = _all_at_once(event, people, options.connections)
        return _report(event, options, seconds, failures)


def _event(places: int) -> EventPage:
    home, _made = ensure_home(
        actor=None, home=HomePage(title="Forside", slug="forside", is_open=True)
    )
    index = EventIndexPage(title="Arrangementer", slug="arrangementer")
    home.add_child(instance=index)
    event = EventPage(
        title="Temadag",
        slug="temadag",
        description="500 på én gang.",
        date=timezone.localdate() + timedelta(days=30),
        start_time=clock(9),
        duration_minutes=60,
        takes_sign_ups=True,
        capacity=places,
    )
    index.add_child(instance=event)
    return event


def _people(count: int) -> list[Employee]:
    return Employee.objects.bulk_create(
        Employee(username=f"person{number}", email=f"person{number}@example.org")
        for number in range(count)
    )


def _all_at_once(
    event: EventPage, people: list[Employee], connections_at_once: int
) -> tuple[float, list[str]]:
    """Every thread has its own connection, and they begin together."""
    lanes = [people[number::connections_at_once] for number in range(connections_at_once)]
    together = Barrier(len(lanes) + 1)

    def one(lane: list[Employee]) -> list[str]:
        failures = []
        connection.ensure_connection()
        together.wait(timeout=120)
        for person in lane:
            try:
                sign_up_employee(actor=person, event=event)
            except Exception as error:
                failures.append(repr(error)[:200])
        connections.close_all()
        return failures

    with ThreadPoolExecutor(len(lanes)) as pool:
        results = [pool.submit(one, lane) for lane in lanes]
        together.wait(timeout=120)
        begun = time.perf_counter()
        failures = [failure for result in results for failure in result.result()]
        return time.perf_counter() - begun, failures


def _report(
    event: EventPage, options: Namespace, seconds: float, failures: list[str]
) -> dict[str, object]:
    rows = event.sign_ups.order_by("rank")
    seated = rows.filter(state=SignUpState.SEATED)
    waiting = list(rows.filter(state=SignUpState.WAITING).values_list("rank", flat=True))
    seats = list(seated.order_by("seat").values_list("seat", flat=True))
    expected = min(options.places, options.people)
    return {
        "people": options.people,
        "places": options.places,
        "connections": options.connections,
        "seated": len(seats),
        "seats_once": seats == list(range(1, expected + 1)),
        "waiting": len(waiting),
        "waiting_in_order": waiting == list(range(expected + 1, options.people + 1)),
        "lost": options.people - rows.count(),
        "failures": failures[:5],
        "seconds": round(seconds, 2),
    }
