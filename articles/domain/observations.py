"""Sending an observation, and showing or refusing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.domain.anonymity import require_anonymous
from articles.models import Observation
from people.domain.notifications import notify_all
from people.models import Employee, Notification
from people.roles import Right, Role
from privacy import audit

if TYPE_CHECKING:
    from datetime import date

    from kb.models import ThemePage


@transaction.atomic
def send_observation(
    *, actor: Employee, theme: ThemePage, text: str, observed_on: date
) -> Observation:
    """Send what one saw to project staff; it is shown once one of them has read it.

    Raises ValidationError where somebody could be recognised, or for a day to come.
    """
    if observed_on > timezone.localdate():
        raise ValidationError({"observed_on": _("That day is yet to come.")})
    if actor.municipality is None:
        raise ValidationError(_("You belong to no municipality here."))
    require_anonymous("text", text)
    observation = Observation.objects.create(
        theme=theme,
        text=text,
        observed_on=observed_on,
        municipality=actor.municipality,
        sent_by=actor,
    )
    audit.record(actor=actor, action="observation.send", target=observation)
    notify_all(
        Notification(
            employee=employee,
            kind="articles.observation",
            object_id=str(observation.pk),
            key=f"articles.observation:{observation.pk}:{employee.pk}",
        )
        for employee in Employee.objects.with_role(Role.PROJECT_STAFF)
        if employee != actor
    )
    return observation


@transaction.atomic
def judge_observation(*, actor: Employee, observation: Observation, show: bool) -> Observation:
    """Show it, or keep it hidden. Raises ValidationError where it is one's own."""
    if not actor.may(Right.EDIT_PAGES):
        raise PermissionDenied
    observation = Observation.objects.select_for_update(of=("self",)).get(pk=observation.pk)
    if observation.sent_by_id == actor.pk:
        raise ValidationError(_("Somebody else reads what you sent yourself."))
    observation.shown, observation.judged_by = show, actor
    observation.judged_at = timezone.now()
    observation.save(update_fields=["shown", "judged_by", "judged_at"])
    action = "observation.show" if show else "observation.hide"
    audit.record(actor=actor, action=action, target=observation)
    return observation
