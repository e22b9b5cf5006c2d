"""What the file would change, one by one: from, to, ownership first, before anything is written."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models import Employee
from sparring.cases.imports.apply import import_caseload, read_caseload
from sparring.cases.imports.changes import NOTHING, ChangeKind, counted
from sparring.cases.imports.uploads import dry_run
from sparring.cases.views.imports import PER_PAGE
from sparring.models import Case
from tests.factories.people import UnitFactory
from tests.factories.sparring import TargetGroupFactory
from tests.sparring.cases.test_import import as_csv, row, run, store, stored, town
from tests.sparring.pages import client_of

__all__ = ["town"]
pytestmark = pytest.mark.django_db


def planned(content, town):
    """The changes of a dry run, as (kind, code, field, from, to)."""
    report = import_caseload(caseload=read_caseload(content), actor=None, municipality=town)
    return [
        (change.kind.value, change.code, change.field, change.before, change.after)
        for change in report.changes
    ]


def looked_over(content):
    """The address of the second step, and a client of the coordinator."""
    signe = Employee.objects.get(username="signe")
    upload = dry_run(content=content, actor=signe)
    return client_of(signe), reverse("sparring:import_confirm", args=[upload.pk])


def cells(page, label):
    return re.findall(rf'data-label="{label}">(?:<span[^>]*>)?([^<]*)', page)


def test_every_field_that_differs_is_a_change_with_both_values(town):
    run(as_csv(row()), town)
    UnitFactory(municipality=town, name="Fjordby Ung")
    TargetGroupFactory(code="rehab", label="Revalidering")
    changed = row(
        enhed="Fjordby Ung", medarbejder="kasper", målgruppe="Revalidering", startet="2025-04-02",
        kontaktform="Video",
    )  # fmt: skip
    amina, kasper = (str(Employee.objects.get(username=name)) for name in ("amina", "kasper"))

    assert planned(as_csv(changed), town) == [
        ("owner", "FJ-1001", "Sagsbehandler", amina, kasper),
        ("case", "FJ-1001", "Enhed", "Fjordby Job og Vækst", "Fjordby Ung"),
        ("case", "FJ-1001", "Målgruppe", "Aktivitetsparat", "Revalidering"),
        ("case", "FJ-1001", "Startet", "1. marts 2025", "2. april 2025"),
        ("case", "FJ-1001", "Kontakt", "Telefon", "Video"),
    ]


def test_a_file_that_changes_nothing_has_no_changes(town):
    run(as_csv(row()), town)

    assert planned(as_csv(row()), town) == []


def test_ownership_comes_first_and_then_by_kind_and_line(town):
    run(as_csv(row(), row(sagskode="FJ-1002")), town)
    content = as_csv(
        row(sagskode="FJ-1003"),
        row(sagskode="FJ-1002", kontaktform="Video"),
        row(medarbejder="kasper"),
    )

    found = [(kind, code) for kind, code, *_rest in planned(content, town)]

    assert found == [
        ("owner", "FJ-1001"),
        ("case", "FJ-1002"),
        ("new", "FJ-1003"),
        ("belief", "FJ-1003"),
        ("belief", "FJ-1003"),
        ("action", "FJ-1003"),
        ("strength", "FJ-1003"),
    ]


def test_what_is_added_is_told_without_the_citizens_words_or_any_number(town):
    amina = str(Employee.objects.get(username="amina"))

    found = planned(as_csv(row()), town)

    assert [change[2:] for change in found] == [
        ("Sagsbehandler", NOTHING, f"{amina}, Fjordby Job og Vækst"),
        ("Sagsbehandler", NOTHING, "1. juni 2025"),
        ("Borger", NOTHING, "2. juni 2025"),
        ("Virksomhedspraktik", NOTHING, "1. april 2025"),
        ("Nye styrker", NOTHING, "2"),
    ]
    assert not re.search("stoppet tidligt|i gang igen|god til tal", str(found))


def test_a_line_at_fault_changes_nothing(town):
    run(as_csv(row()), town)
    content = as_csv(row(medarbejder="ukendt", kontaktform="Video"), row(sagskode="FJ-1002"))

    assert {code for _kind, code, *_rest in planned(content, town)} == {"FJ-1002"}


def test_what_the_preview_says_is_what_is_stored(town):
    run(as_csv(row(), row(sagskode="FJ-1002")), town)
    content = as_csv(row(medarbejder="kasper"), row(sagskode="FJ-1002", kontaktform="Video"))
    said = {(code, field): after for _k, code, field, _before, after in planned(content, town)}

    store(read_caseload(content), town)

    assert str(Case.objects.get(code="FJ-1001").owner) == said["FJ-1001", "Sagsbehandler"]
    assert Case.objects.get(code="FJ-1002").get_contact_form_display() == said["FJ-1002", "Kontakt"]
    assert planned(content, town) == []


def test_kinds_are_counted_in_the_order_of_reading(town):
    report = import_caseload(
        caseload=read_caseload(as_csv(row(), row(sagskode="FJ-1002"))),
        actor=None,
        municipality=town,
    )

    assert counted(report.changes) == [
        (ChangeKind.NEW, 2),
        (ChangeKind.BELIEF, 4),
        (ChangeKind.ACTION, 2),
        (ChangeKind.STRENGTH, 2),
    ]


def test_the_page_shows_each_change_and_writes_nothing(town):
    run(as_csv(row()), town)
    before = stored()
    client, address = looked_over(as_csv(row(medarbejder="kasper", kontaktform="Video")))

    page = client.get(address).content.decode()

    amina, kasper = (str(Employee.objects.get(username=name)) for name in ("amina", "kasper"))
    assert cells(page, "Sag") == ["FJ-1001", "FJ-1001"]
    assert cells(page, "Fra") == [amina, "Telefon"]
    assert cells(page, "Til") == [kasper, "Video"]
    assert stored() == before
    assert client.post(address).status_code == 302
    assert Case.objects.get().owner.username == "kasper"


def test_one_kind_is_shown_alone_and_an_unknown_kind_shows_all(town):
    run(as_csv(row()), town)
    client, address = looked_over(as_csv(row(medarbejder="kasper", kontaktform="Video")))

    owner = client.get(address, {"slags": "owner"}).content.decode()
    unknown = client.get(address, {"slags": "alt"}).content.decode()

    assert cells(owner, "Felt") == ["Sagsbehandler"]
    assert cells(unknown, "Felt") == ["Sagsbehandler", "Kontakt"]
    assert "Alle ændringer (2)" in owner


def test_many_changes_come_in_pages_that_keep_the_kind(town):
    rows = [row(sagskode=f"FJ-{2000 + number}") for number in range(PER_PAGE + 3)]
    client, address = looked_over(as_csv(*rows))

    first = client.get(address, {"slags": "new"}).content.decode()
    last = client.get(address, {"slags": "new", "page": "2"}).content.decode()

    assert (len(cells(first, "Sag")), len(cells(last, "Sag"))) == (PER_PAGE, 3)
    assert "slags=new&amp;page=2" in first
    beyond = client.get(address, {"slags": "new", "page": "99"}).content.decode()
    assert cells(beyond, "Sag") == cells(last, "Sag")


def test_the_changes_are_not_kept_with_the_upload(town):
    signe = Employee.objects.get(username="signe")

    upload = dry_run(content=as_csv(row()), actor=signe)

    assert "changes" not in upload.report
    assert timezone.now() >= upload.uploaded_at
