"""An upload between its dry run and its confirmation: kept an hour, then gone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from privacy import audit
from sparring.models import CaseloadUpload
from sparring.shared import guards

from .apply import Caseload, import_caseload, read_caseload
from .report import ImportReport, Problem
from .rows import ImportRow

if TYPE_CHECKING:
    from people.models import Employee

KEPT = timedelta(hours=1)


@transaction.atomic
def dry_run(*, content: bytes, actor: Employee) -> CaseloadUpload:
    """Read a file, keep its faultless rows for an hour and return them with the report.

    Raises PermissionDenied unless the actor is a coordinator; ImportRefused for the whole file.
    """
    municipality = actor.municipality
    if municipality is None or not guards.coordinates(actor, municipality.pk):
        raise PermissionDenied("A caseload is imported by the municipality's coordinator.")
    forget_old()
    caseload = read_caseload(content)
    report = import_caseload(caseload=caseload, actor=actor, municipality=municipality)
    kept = {row.line for row in caseload.rows}
    faults = [problem for problem in report.problems if problem.line not in kept]
    upload = CaseloadUpload.objects.create(
        municipality=municipality,
        uploaded_by=actor,
        rows=[row.to_dict() for row in caseload.rows],
        report=ImportReport(report.counts, faults, caseload.notes).to_dict(),
    )
    audit.record(actor=actor, action="caseload.dry_run", target=upload, rows=report.counts.rows)
    return upload


@transaction.atomic
def apply_upload(*, upload: CaseloadUpload, actor: Employee, valid_rows: bool) -> ImportReport:
    """Store a kept upload and forget its rows. The rows are held against the records anew."""
    upload = CaseloadUpload.objects.select_for_update().get(pk=upload.pk)
    report = import_caseload(
        caseload=kept_caseload(upload),
        actor=actor,
        municipality=upload.municipality,
        apply=True,
        valid_rows=valid_rows,
    )
    if report.applied:
        upload.delete()
    return report


def look_again(*, upload: CaseloadUpload, actor: Employee) -> ImportReport:
    """What the kept rows would change now."""
    return import_caseload(
        caseload=kept_caseload(upload), actor=actor, municipality=upload.municipality
    )


def kept_caseload(upload: CaseloadUpload) -> Caseload:
    """The rows and the problems as they were read."""
    report = ImportReport.from_dict(upload.report)
    rows = [ImportRow.from_dict(row) for row in upload.rows]
    problems: list[Problem] = list(report.problems)
    return Caseload(rows, problems, report.notes)


def find_upload(*, pk: UUID, actor: Employee) -> CaseloadUpload | None:
    """One's own upload while it is kept."""
    recent = CaseloadUpload.objects.filter(uploaded_at__gt=timezone.now() - KEPT)
    return recent.filter(pk=pk, uploaded_by=actor).select_related("municipality").first()


def forget_old() -> int:
    """Delete uploads older than an hour; called by every upload and every night."""
    old = CaseloadUpload.objects.filter(uploaded_at__lte=timezone.now() - KEPT)
    deleted, _by_model = old.delete()
    return deleted
