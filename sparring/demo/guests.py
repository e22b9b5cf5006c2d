"""The demo's rooms, an agreement between two municipalities, and one session with a guest.

Everything goes through the domain's own functions.
"""

from __future__ import annotations

from datetime import time, timedelta

from django.db import transaction
from django.utils import timezone

from people.domain.availability import set_availability
from people.models import Employee, Unit
from sparring.bookings.domain.booking import book_session
from sparring.bookings.domain.guests import accept_agreement, offer_agreement
from sparring.bookings.domain.invitations import answer_invitation
from sparring.bookings.domain.requests import OPEN_STATES, request_sparring
from sparring.bookings.domain.room_admin import add_room
from sparring.demo.examples import WORKED
from sparring.demo.sessions import moment, workday
from sparring.models import Case, GuestAgreement, Room

ROOMS = (
    ("Stillerummet", 3, "1. sal, over for køkkenet", ""),
    ("Mødelokale 2", 6, "Stuen til venstre", ""),
    ("Online-rummet", 8, "", "https://moede.example/fjordby-sparring"),
)
HOST, GUEST, COORDINATOR = "amina.yusuf", "rasmus.friis", "signe.vestergaard"
OFFERS, ACCEPTS = "soren.kragh", "nadia.rahimi"
QUESTION = "Hvad ville I prøve først, hvis sagen var ny hos jer?"


@transaction.atomic
def load() -> dict[str, int]:
    """Make what is missing; returns how many of each kind were made."""
    found = Employee.objects.filter(username__in=[HOST, GUEST, COORDINATOR, OFFERS, ACCEPTS])
    people = {row.username: row for row in found}
    if len(people) < 5 or GuestAgreement.objects.exists():
        return {"rooms": 0, "sessions with a guest": 0}
    unit = people[HOST].unit
    assert unit is not None
    return {
        "rooms": _rooms(people[COORDINATOR], unit),
        "sessions with a guest": _session(people),
    }


def _rooms(actor: Employee, unit: Unit) -> int:
    if Room.objects.filter(unit=unit).exists():
        return 0
    for name, seats, location, link in ROOMS:
        add_room(
            actor=actor, unit=unit, name=name, seats=seats, location=location, online_link=link
        )
    return len(ROOMS)


def _session(people: dict[str, Employee]) -> int:
    host, guest = people[HOST], people[GUEST]
    set_availability(actor=guest, employee=guest, guest_elsewhere=True)
    asked = timezone.now() - timedelta(days=30)
    to = people[ACCEPTS].municipality
    assert to is not None
    agreement = offer_agreement(actor=people[OFFERS], to=to, at=asked)
    accept_agreement(actor=people[ACCEPTS], agreement=agreement, at=asked + timedelta(days=2))
    free = Case.objects.active().filter(owner=host).exclude(requests__state__in=OPEN_STATES)
    case = free.exclude(code__in=[step.code for step in WORKED]).order_by("-code").first()
    if case is None:
        return 0
    request_sparring(case=case, actor=host, key_question=QUESTION, allow_guest=True)
    day = workday(timezone.localdate() + timedelta(days=10), back=False)
    session = book_session(
        actor=host, case=case, partners=[guest], starts_at=moment(day, time(13)), confirmed=True
    )
    answer_invitation(session=session, actor=guest, yes=True)
    return 1
