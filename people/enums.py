"""What a person chooses or is told, as stored codes. Roles are in `roles.py`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AbsenceKind(models.TextChoices):
    """How much an employee is left out of while absent: everything, or all but follow-ups."""

    AWAY = "away", _("Not at all")
    FOLLOW_UPS_ONLY = "follow_ups", _("Follow-ups only")


class Topic(models.TextChoices):
    """What notifications are about, as people choose: one setting governs every kind of a topic."""

    INVITATIONS = "invitations", _("Invitations to sessions, changes and cancellations")
    ANSWERS = "answers", _("Answers: who cannot come, and invitations that wait for yours")
    REMINDERS = "reminders", _("Reminders of sessions, outcomes and agreements")
    FOLLOW_UPS = "follow_ups", _("Follow-ups that are due soon")
    FOLLOWED = "followed", _("Themes, stories and searches you follow")


# They carry the calendar file: who is in a talk has to know when it is.
ALWAYS_AT_ONCE = (Topic.INVITATIONS,)


class Frequency(models.TextChoices):
    """When the notifications of a topic are sent by mail."""

    NOW = "now", _("At once")
    DAILY = "daily", _("Together, every day at 7")
    NEVER = "never", pgettext_lazy("frequency", "Never")


# Until somebody chooses: what others wait for at once, the rest as one mail a day.
DEFAULT_FREQUENCY = {
    Topic.INVITATIONS: Frequency.NOW,
    Topic.ANSWERS: Frequency.NOW,
    Topic.REMINDERS: Frequency.DAILY,
    Topic.FOLLOW_UPS: Frequency.DAILY,
    Topic.FOLLOWED: Frequency.DAILY,
}


class FeedKind(models.TextChoices):
    """What a program can fetch for a person, at a secret address without a login."""

    CALENDAR = "calendar", _("The person's own sessions")
    STORIES = "stories", _("The stories that the person may read")
    EVENTS = "events", _("The events that the person has a place at")


class Channel(models.TextChoices):
    """How a notification reaches its reader."""

    MAIL = "mail", _("A mail of its own")
    DIGEST = "digest", _("The day's mail at 7")


class NotificationState(models.TextChoices):
    """What has become of a notification."""

    WAITING = "waiting", pgettext_lazy("notification", "Waits")
    SENT = "sent", pgettext_lazy("notification", "Sent")
    HELD_BACK = "held_back", pgettext_lazy("notification", "Held back")
    FAILED = "failed", pgettext_lazy("notification", "Failed")
    FORGOTTEN = "forgotten", pgettext_lazy("notification", "Forgotten")


class Reason(models.TextChoices):
    """Why a notification was held back, failed, or was not sent at the last try."""

    UNWANTED = "unwanted", _("The person has chosen not to hear about this")
    NO_ADDRESS = "no_address", _("The account has no mail address")
    CLOSED = "closed", _("The account is closed")
    TOO_LATE = "too_late", _("The person wants the day's mail, and by then it is too late")
    OVERTAKEN = "overtaken", _("Something newer came, or it no longer concerns the person")
    MAIL_SERVER = "mail_server", _("The mail server did not take the mail")
    FAULT = "fault", _("The mail could not be written: a fault in the system, see the log")

    @classmethod
    def can_change(cls) -> tuple[Reason, ...]:
        """What the person or an administrator can change: handed in again, it is asked again."""
        return (cls.UNWANTED, cls.NO_ADDRESS, cls.CLOSED, cls.TOO_LATE)


class AccountChange(models.TextChoices):
    """What happened to an account, in words for its owner."""

    PASSWORD = "password", _("your password was changed")
    PASSWORD_RESET = "password_reset", _("your password was made anew by a link in a mail")
    EMAIL = "email", _("your account has a new mail address")
    TWO_STEP_ON = "two_step_on", _("two-step login was turned on")
    TWO_STEP_OFF = "two_step_off", _("two-step login was turned off")
    RECOVERY_CODES = "recovery_codes", _("you got new recovery codes; the old ones are void")
    ROLES = "roles", _("what you may do was changed by an administrator")


class CalendarProblem(models.TextChoices):
    """Why a calendar could not be read or fetched, in words for its owner."""

    TOO_LARGE = "too_large", _("The calendar is larger than 1 MB. Export a shorter period.")
    NOT_A_CALENDAR = "not_a_calendar", _("This is not a calendar (.ics).")
    TOO_MANY = "too_many", _("The calendar holds too many appointments. Export a shorter period.")
    BUSY = "busy", _("Other files are being read right now. Try again in a minute.")
    ADDRESS = "address", _("Write an address that begins with https:// or webcal://.")
    CREDENTIALS = "credentials", _("The address must hold neither user name nor password.")
    PORT = "port", _("The address must not name a port.")
    NOT_PUBLIC = "not_public", _("The address does not lead to a place on the open internet.")
    NO_SUCH_HOST = "no_such_host", _("There is no server with that name.")
    NO_ANSWER = "no_answer", _("The server did not answer in time.")
    NOT_SECURE = "not_secure", _("The server's certificate is not valid.")
    REDIRECTS = "redirects", _("The address leads on too many times.")
    REFUSED = "refused", _("The server did not hand the calendar out. Is the address still right?")
