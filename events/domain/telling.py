"""Telling somebody who signed up: an employee by a notification, a guest by a mail of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.domain.notifications import notify
from privacy.jobs import defer

if TYPE_CHECKING:
    from events.models import SignUp


def tell(sign_up: SignUp, kind: str, *, occasion: object = "") -> None:
    """Tell one person one thing once; in the transaction of the change.

    `kind` is a kind in events/notifications. A guest has no account and so no choices: the mail
    is a job, tried again by the worker.
    """
    about = f"{sign_up.pk}:{occasion}"
    if sign_up.employee is not None:
        notify(employee=sign_up.employee, kind=kind, object_id=about, key=f"{kind}:{about}")
    else:
        defer("events.mail_guest", kind=kind, about=about)
