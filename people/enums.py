"""Roles (docs/security.md, access)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody does here; one person may have several."""

    CASEWORKER = "caseworker", _("Caseworker")
    BUSINESS_CONSULTANT = "business_consultant", _("Business consultant")
    COORDINATOR = "coordinator", _("Sparring coordinator")
    TEAM_LEADER = "team_leader", _("Team leader")
    EDITOR = "editor", _("Editor")
    APPROVER = "approver", _("Approver of stories")
    PROJECT_STAFF = "project_staff", _("Project staff")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


class AbsenceKind(models.TextChoices):
    AWAY = "away", _("Not at all")
    FOLLOW_UPS_ONLY = "follow_ups", _("Follow-ups only")
