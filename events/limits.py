"""How often something may be tried without an account (docs/operations.md)."""

from __future__ import annotations

from datetime import timedelta

from privacy.limits import Limit

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
GUEST_FORMS = Limit("events.guest", most=20, period=AN_HOUR)  # of one client
GUEST_MAILS = Limit("events.guest_mail", most=5, period=A_DAY)  # to one mail address
WRONG_LINKS = Limit("events.wrong", most=30, period=AN_HOUR)  # of one client
