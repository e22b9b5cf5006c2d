"""The states and kinds of this room, as stored codes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TrialState(models.TextChoices):
    """Where a trial of a method stands."""

    WAITING = "waiting", _("Waits to be read")
    SHOWN = "shown", _("Shown")
    DECLINED = "declined", _("Sent back")


class CertificateState(models.TextChoices):
    """What a certificate says on a given day; derived, never stored."""

    VALID = "valid", pgettext_lazy("certificate", "Valid")
    EXPIRED = "expired", pgettext_lazy("certificate", "Expired")
    REVOKED = "revoked", pgettext_lazy("certificate", "Revoked")
    UNCONFIRMED = "unconfirmed", pgettext_lazy("certificate", "Not confirmed yet")


class OnboardingKind(models.TextChoices):
    """What a new employee goes through."""

    PROGRAMME = "programme", _("A training programme")
    ETHICS = "ethics", _("The ethics statement, confirmed every year")
    FIRST_SESSION = "session", _("The first session as a colleague who listens")
