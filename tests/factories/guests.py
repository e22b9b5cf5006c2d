from __future__ import annotations

from sparring.bookings.domain.guests import accept_agreement, offer_agreement
from sparring.bookings.domain.requests import request_sparring

from .people import EmployeeFactory
from .planning import Town, at_work


class TwoTowns:
    """A town with a case, and another one with somebody who would like to be a guest.

    The agreement holds and the case's request allows a guest, unless told otherwise.
    """

    def __init__(self, *, agreed=True, willing=True, allowed=True, colleagues=1):
        self.home, self.away = Town(colleagues=colleagues), Town(colleagues=1)
        self.guest = at_work(
            EmployeeFactory(unit=self.away.unit, guest_elsewhere=willing, max_per_7_days=20)
        )
        self.agreement = offer_agreement(actor=self.home.coordinator, to=self.away.municipality)
        if agreed:
            self.agreement = accept_agreement(actor=self.away.coordinator, agreement=self.agreement)
        self.case = self.home.case()
        self.sparring_request = request_sparring(
            case=self.case,
            actor=self.case.owner,
            key_question="Hvad overser vi?",
            allow_guest=allowed,
        )
