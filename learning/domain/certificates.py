"""Certificates from elsewhere, revoking, and reminding of those that run out."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.domain.passes import has_left, require_right_to_record
from learning.models import Certificate, CertificateCopy
from people.domain.notifications import notify_all
from people.models import Employee, Notification
from people.roles import Right
from privacy import audit

# Reminded once at each; whoever is late hears the one that fits.
REMIND_DAYS = (7, 30, 90)


@transaction.atomic
def register_external(
    *,
    actor: Employee,
    employee: Employee,
    title: str,
    issuer: str,
    issued_on: date,
    expires_on: date | None = None,
    copy: bytes = b"",
) -> Certificate:
    """Write down a certificate from elsewhere: one's own, which somebody confirms, or another's.

    `copy`: the pdf of it, checked already; those who confirm certificates may open it.
    """
    if actor.pk != employee.pk:
        require_right_to_record(actor, employee)
    if not employee.is_active:
        raise ValidationError({"employee": has_left(employee)})
    if issued_on > timezone.localdate():
        raise ValidationError({"issued_on": _("The day lies ahead.")})
    made = Certificate(
        employee=employee,
        title=title,
        issuer=issuer,
        issued_on=issued_on,
        expires_on=expires_on,
        confirmed_by=actor if actor.pk != employee.pk else None,
    )
    made.full_clean()
    made.save(force_insert=True)
    if copy:
        CertificateCopy.objects.create(certificate=made, content=copy, added_by=actor)
    _record(actor, "certificate.register", made)
    return made


@transaction.atomic
def confirm_external(*, actor: Employee, certificate: Certificate) -> Certificate:
    """Say that one has seen the certificate from elsewhere; a second call changes nothing."""
    certificate = _locked(certificate)
    require_right_to_record(actor, certificate.employee)
    if certificate.is_ours or certificate.revoked_on is not None:
        raise ValidationError(_("There is nothing to confirm about this certificate."))
    if certificate.confirmed_by is None:
        certificate.confirmed_by = actor
        certificate.full_clean()
        certificate.save(update_fields=["confirmed_by"])
        _record(actor, "certificate.confirm", certificate)
    return certificate


@transaction.atomic
def open_copy(*, actor: Employee, certificate: Certificate) -> bytes:
    """The pdf, for its holder and for who confirms certificates there; that others did is noted."""
    copy = CertificateCopy.objects.filter(certificate=certificate).first()
    if copy is None:
        raise Certificate.DoesNotExist
    if actor.pk != certificate.employee_id:
        require_right_to_record(actor, certificate.employee)
        _record(actor, "certificate.open_copy", certificate)
    return bytes(copy.content)


@transaction.atomic
def revoke(*, actor: Employee, certificate: Certificate, reason: str) -> Certificate:
    """Say that a certificate does not hold any more, and why. It stays in the archive."""
    certificate = _locked(certificate)
    holder = certificate.employee
    if not actor.may(Right.RECORD_LEARNING) or actor.municipality_id != holder.municipality_id:
        raise PermissionDenied("Certificates are revoked by the coordinator of the municipality.")
    if certificate.revoked_on is not None:
        raise ValidationError(_("The certificate is revoked already."))
    certificate.revoked_on, certificate.revoked_by = timezone.localdate(), actor
    certificate.revoked_because = reason.strip()
    certificate.full_clean()
    certificate.save()
    _record(actor, "certificate.revoke", certificate)
    return certificate


@transaction.atomic
def remind_of_expiry() -> int:
    """Remind the holders of certificates that run out within 90, 30 and 7 days; how many hear."""
    today = timezone.localdate()
    running_out = (
        Certificate.objects.valid_on(today)
        .filter(expires_on__lte=today + timedelta(days=max(REMIND_DAYS)))
        .filter(employee__is_active=True)
        .select_related("employee")
    )
    reminded = notify_all(
        Notification(
            employee=certificate.employee,
            kind="learning.expiry",
            object_id=str(certificate.pk),
            key=f"learning.expiry:{certificate.pk}:{_step(certificate, today)}",
        )
        for certificate in running_out
    )
    return len(reminded)


def _step(certificate: Certificate, today: date) -> int:
    assert certificate.expires_on is not None
    left = (certificate.expires_on - today).days
    return min(step for step in REMIND_DAYS if left <= step)


def _locked(certificate: Certificate) -> Certificate:
    return Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)


def _record(actor: Employee, action: str, certificate: Certificate) -> None:
    audit.record(
        actor=actor,
        action=action,
        target=certificate,
        municipality_id=certificate.employee.municipality_id,
        employee=certificate.employee_id,
    )
