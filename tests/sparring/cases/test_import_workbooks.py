"""Workbooks as other programs write them, and those made to stop the house."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl.styles import Font

from people.roles import Role
from privacy.child import Refused
from sparring.cases.imports.apply import read_caseload
from sparring.cases.imports.columns import COLUMNS
from sparring.cases.imports.report import ImportRefused
from sparring.cases.imports.tables import MOST_CELL, MOST_COLUMNS, MOST_ROWS, read_table
from sparring.cases.imports.xlsx import read_lines
from sparring.models import CaseloadUpload
from tests.factories.people import EmployeeFactory
from tests.sparring.cases.test_import import FULL, as_csv, as_xlsx

FILES = Path(__file__).parent / "files"
CODES = ["RW-1001", "RW-1002", "RW-1003"]
NO_WORKBOOK = "Filen kan ikke læses som regneark. Åbn den i Excel, og gem den igen som xlsx."
TOO_MUCH = "Regnearket har mere end en sagsliste. Kopiér rækkerne til et nyt regneark, og gem det."
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def changed(part, change, content=None):
    """The workbook with one of its parts changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content or as_xlsx(FULL))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return out.getvalue()


def sheet(change):
    return changed("xl/worksheets/sheet1.xml", change)


def far_row(number):
    row = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>x</t></is></c></row>' % (number, number)
    return sheet(lambda data: data.replace(b"</sheetData>", row + b"</sheetData>"))


def many_strings():
    strings = b'<sst xmlns="%s">%s</sst>' % (MAIN.encode(), b"<si><t>x</t></si>" * 4_000_000)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    line = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    content = changed("[Content_Types].xml", lambda data: data.replace(b"</Types>", line.encode()))
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", strings)
    return out.getvalue()


def stray_cell():
    """Somebody once made a cell of Excel's last row bold."""
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(FULL)))
    book.active.cell(1_048_576, 3).font = Font(bold=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refusal(content):
    with pytest.raises(ImportRefused) as refused:
        read_table(content)
    return str(refused.value)


@pytest.mark.parametrize("file", sorted(FILES.iterdir()), ids=lambda file: file.name)
def test_no_row_is_lost_whatever_wrote_the_workbook(file):
    table = read_table(file.read_bytes())

    code = table.headings.index("sagskode")
    found = [cells[code] for _line, cells in table.lines]
    assert found == CODES[: len(found)]
    assert len(found) == {"x13_time_of_day.xlsx": 2, "x24_rows_with_gap.xlsx": 2}.get(file.name, 3)


def read_here(content, rows=MOST_ROWS, columns=MOST_COLUMNS, cell=MOST_CELL):
    """What the child does, without the child."""
    return read_lines(content, rows, columns, cell)


@pytest.mark.parametrize("file", sorted(FILES.iterdir()), ids=lambda file: file.name)
def test_the_child_loses_nothing_on_the_way(file):
    content = file.read_bytes()
    table = read_table(content)

    (_line, headings), *rest = read_here(content)

    assert (headings, rest) == (table.headings[: len(headings)], table.lines)


def test_rows_columns_and_cells_are_cut_at_their_limits():
    content = as_xlsx(FULL, FULL)
    (_one, headings), (_two, first), _third = read_here(content)

    assert [cells for _line, cells in read_here(content, columns=2)] == [
        headings[:2],
        first[:2],
        first[:2],
    ]
    assert read_here(content, cell=3)[0][1] == [heading[:3] for heading in headings]
    with pytest.raises(Refused, match="rows"):
        read_here(content, rows=1)


@pytest.mark.parametrize("value", [12, 12.0, 12.5, True, datetime.date(2026, 11, 30), None])
def test_a_cell_is_written_as_a_person_would_type_it(value):
    book = openpyxl.Workbook()
    book.active.append(["tal", "x"])
    book.active.append([value, "x"])
    out = io.BytesIO()
    book.save(out)
    told = {12: "12", 12.5: "12.5", True: "True", None: ""}.get(value, "2026-11-30")

    assert read_here(out.getvalue())[1] == (2, [told, "x"])


def test_a_workbook_that_unpacks_to_more_than_the_memory_is_refused_unread():
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/picture.png", "w", force_zip64=True) as part,
    ):
        for _megabyte in range(201):
            part.write(bytes(1024 * 1024))

    with pytest.raises(Refused, match="size"):
        read_here(out.getvalue())


@pytest.mark.parametrize("make", [lambda: far_row(2_000_000_000), many_strings])
def test_what_holds_more_than_a_caseload_is_refused(make):
    with pytest.raises(Refused, match="size"):
        read_here(make())


@time_machine.travel("2026-11-30 12:00", tick=False)
@pytest.mark.parametrize("name", ["x01_plain_dates.xlsx", "x04_dimension_A1.xlsx"])
def test_columns_that_are_not_there_are_not_counted(name):
    caseload = read_caseload((FILES / name).read_bytes())

    assert ([row.code for row in caseload.rows], caseload.problems) == (CODES, [])
    assert caseload.notes == []


@time_machine.travel("2026-11-30 12:00", tick=False)
@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_a_column_that_is_there_is_counted_and_one_without_a_heading_is_not(make):
    row = {**FULL, "team": "Syd"}
    columns = (*COLUMNS, "team", "", "")
    if make is as_csv:
        content = as_csv(row, columns=columns)
    else:
        book = openpyxl.load_workbook(io.BytesIO(as_xlsx(FULL)))
        book.active.cell(1, len(COLUMNS) + 1, "team")
        book.active.cell(2, len(COLUMNS) + 2, "bold").font = Font(bold=True)
        out = io.BytesIO()
        book.save(out)
        content = out.getvalue()

    assert read_caseload(content).notes == ["1 kolonne med en anden overskrift bliver ikke læst."]


def test_a_column_without_a_heading_is_looked_at_for_numbers():
    content = (
        as_csv(FULL)
        .replace(b'rolig"', b'rolig";010180-1234')
        .replace(b"rolig\r", b"rolig;010180-1234\r")
    )

    with pytest.raises(ImportRefused, match="CPR"):
        read_caseload(content)


def test_a_stray_cell_in_the_last_row_is_no_row():
    assert [line for line, _cells in read_table(stray_cell()).lines] == [2]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (far_row(2_000_000_000), TOO_MUCH),
        (many_strings(), TOO_MUCH),
        (sheet(lambda data: data[: len(data) // 2]), NO_WORKBOOK),
        (sheet(lambda data: data.replace(b"</row>", b"</rov>", 1)), NO_WORKBOOK),
        (changed("xl/workbook.xml", lambda _data: b"<workbook"), NO_WORKBOOK),
        (changed("xl/styles.xml", lambda _data: b"\0\1\2"), NO_WORKBOOK),
        (changed("[Content_Types].xml", lambda _data: b""), NO_WORKBOOK),
        (as_xlsx(FULL)[:900], NO_WORKBOOK),
        (b"PK\x03\x04 og ikke mere", NO_WORKBOOK),
        (as_xlsx(*[FULL] * 20_001), "Filen har mere end 20.000 rækker. Del den i to."),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_what_is_no_caseload_is_answered_in_one_sentence(content, sentence):
    assert refusal(content) == sentence


@pytest.mark.django_db
def test_the_page_says_the_sentence_and_keeps_nothing():
    client = Client()
    client.force_login(EmployeeFactory(roles=[Role.COORDINATOR]))
    file = io.BytesIO(far_row(2_000_000_000))
    file.name = "sager.xlsx"

    answer = client.post(reverse("sparring:import_caseload"), {"file": file})

    assert answer.status_code == 422
    assert TOO_MUCH in answer.content.decode()
    assert CaseloadUpload.objects.count() == 0
