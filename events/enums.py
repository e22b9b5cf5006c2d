"""What a sign-up, a comment and an evaluation can be, as stored codes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SignUpState(models.TextChoices):
    """Where a sign-up stands. Only `SEATED` holds one of the event's seats."""

    UNCONFIRMED = "unconfirmed", _("Waits for the guest's own yes")
    SEATED = "seated", _("Signed up")
    WAITING = "waiting", _("On the waiting list")
    CANCELLED = "cancelled", pgettext_lazy("sign-up", "Cancelled")


ACTIVE = (SignUpState.SEATED, SignUpState.WAITING)


class CommentState(models.TextChoices):
    """A comment is read by the organiser before others read it."""

    WAITING = "waiting", _("Waits to be read")
    SHOWN = "shown", _("Shown")
    REFUSED = "refused", _("Not shown")


class WillUse(models.TextChoices):
    """The second of the three questions afterwards."""

    YES = "yes", _("Yes, I know what")
    PERHAPS = "perhaps", _("Perhaps")
    NO = "no", _("No")
