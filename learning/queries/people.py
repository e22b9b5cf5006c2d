"""Whose learning somebody keeps."""

from __future__ import annotations

from django.db.models import Q

from learning.models import Certificate, CertificateQuerySet
from people.models import Employee, EmployeeQuerySet


def colleagues_of(employee: Employee) -> EmployeeQuerySet:
    """Those of the own municipality who work here now, oneself left out."""
    colleagues = Employee.objects.in_municipality(employee.municipality_id)
    return colleagues.filter(is_active=True).exclude(pk=employee.pk)


def kept_by(employee: Employee) -> CertificateQuerySet:
    """The certificates of the municipality that the person keeps."""
    own = Q(employee__unit__municipality=employee.municipality_id)
    kept = Certificate.objects.filter(own).select_related("employee", "programme", "copy")
    return kept.defer("copy__content")
