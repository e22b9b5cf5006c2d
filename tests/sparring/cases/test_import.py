import csv
import io
import json
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.roles import Role
from privacy.models import AuditEntry
from sparring.beliefs.domain.beliefs import register_belief
from sparring.cases.domain.lifecycle import close_case
from sparring.cases.imports.apply import import_caseload, read_caseload
from sparring.cases.imports.columns import COLUMNS
from sparring.cases.imports.report import ImportRefused
from sparring.cases.imports.rows import ImportRow, read_date
from sparring.models import Action, Belief, Case, CaseOwnership, RenewalNeed
from tests.factories.people import EmployeeFactory, MunicipalityFactory, UnitFactory
from tests.factories.sparring import TargetGroupFactory

pytestmark = pytest.mark.django_db
HEAD = ";".join(COLUMNS)
FULL = {
    "sagskode": "FJ-1001",
    "enhed": "Fjordby Job og Vækst",
    "medarbejder": "amina",
    "målgruppe": "Aktivitetsparat",
    "startet": "2025-03-01",
    "kontaktform": "Telefon",
    "tro_medarbejder": "3",
    "tro_medarbejder_begrundelse": "To afprøvninger er stoppet tidligt.",
    "tro_medarbejder_dato": "01-06-2025",
    "tro_borger": "7",
    "tro_borger_begrundelse": "Jeg vil gerne i gang igen.",
    "tro_borger_dato": "2.6.2025",
    "sidste_handling": "Virksomhedspraktik",
    "sidste_handling_start": "2025-04-01",
    "styrker": "god til tal, rolig",
}


@pytest.fixture
def town():
    municipality = MunicipalityFactory(name="Fjordby")
    unit = UnitFactory(municipality=municipality, name="Fjordby Job og Vækst")
    TargetGroupFactory()
    EmployeeFactory(username="amina", email="amina@example.org", unit=unit)
    EmployeeFactory(username="kasper", email="kasper@example.org", unit=unit)
    EmployeeFactory(username="signe", unit=unit, coordinator=True)
    return municipality


def as_csv(*rows, encoding="utf-8", delimiter=";", columns=COLUMNS):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(columns)
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return out.getvalue().encode(encoding)


def as_xlsx(*rows):
    book = openpyxl.Workbook()
    book.active.append(list(COLUMNS))
    for row in rows:
        cells = {**row}
        for name in ("startet", "tro_medarbejder_dato", "tro_borger_dato"):
            if name in cells and read_date(cells[name]):
                cells[name] = read_date(cells[name])
        for name in ("tro_medarbejder", "tro_borger"):
            if cells.get(name):
                cells[name] = float(cells[name])
        book.active.append([cells.get(name) for name in COLUMNS])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row(**changes):
    return {**FULL, **changes}


def store(caseload, town, **options):
    return import_caseload(
        caseload=caseload, actor=None, municipality=town, **{"apply": True, **options}
    )


def run(content, town, **options):
    return store(read_caseload(content), town, **options)


def stored():
    return (
        list(Case.objects.order_by("pk").values_list()),
        list(Belief.objects.order_by("pk").values_list()),
        list(Action.objects.order_by("pk").values_list()),
        list(CaseOwnership.objects.order_by("pk").values_list()),
    )


def problems(report):
    return [(problem.line, problem.column) for problem in report.problems]


def test_a_row_becomes_a_case_with_beliefs_action_and_need(town):
    report = run(as_csv(row()), town)

    case = Case.objects.get()
    assert report.to_dict()["counts"] == {
        "rows": 1,
        "new_cases": 1,
        "changed_cases": 0,
        "unchanged": 0,
        "new_beliefs": 2,
        "new_actions": 1,
    }
    assert (case.code, case.owner.username, case.unit.name, case.contact_form) == (
        "FJ-1001",
        "amina",
        "Fjordby Job og Vækst",
        "phone",
    )
    assert list(case.strengths.values_list("text", "source")) == [
        ("god til tal", "unstated"),
        ("rolig", "unstated"),
    ]
    assert list(
        Belief.objects.order_by("by_role").values_list("by_role", "value", "setting", "expires_on")
    ) == [
        ("caseworker", 3, "import", date(2025, 8, 30)),
        ("citizen", 7, "import", date(2025, 8, 31)),
    ]
    assert list(Action.objects.values_list("kind", "started_on")) == [
        ("placement", date(2025, 4, 1))
    ]
    assert "R1" in [hit["code"] for hit in RenewalNeed.objects.get(case=case).hits]
    assert CaseOwnership.objects.get().since == case.started
    assert AuditEntry.objects.filter(action="case.import", object_id=str(case.pk)).count() == 1


@pytest.mark.parametrize(
    "content",
    [
        as_csv(FULL, encoding="utf-8-sig"),
        as_csv(FULL, encoding="cp1252"),
        as_csv(FULL, delimiter=","),
        as_xlsx(FULL),
        as_csv(FULL).replace(b"\r\n", b"\n") + b"\n;;;\n\n",
        as_csv(FULL).replace("målgruppe".encode(), " Målgruppe ".encode()),
    ],
)
def test_every_writing_of_the_file_says_the_same(town, content):
    run(as_csv(FULL), town)
    before = stored()

    report = run(content, town)

    assert (report.counts.unchanged, stored()) == (1, before)


def test_a_dry_run_stores_nothing(town):
    report = run(as_csv(FULL), town, apply=False)

    assert (report.applied, report.counts.new_cases, Case.objects.count()) == (False, 1, 0)
    assert not AuditEntry.objects.filter(action__contains="import").exists()


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"sagskode": ""}, "sagskode"),
        ({"sagskode": "0217"}, "sagskode"),
        ({"enhed": "Ukendt"}, "enhed"),
        ({"medarbejder": "signe"}, "medarbejder"),
        ({"medarbejder": "Amina Yusuf"}, "medarbejder"),
        ({"målgruppe": "Andre"}, "målgruppe"),
        ({"startet": "i går"}, "startet"),
        ({"startet": "31-02-2025"}, "startet"),
        ({"startet": "2099-01-01"}, "startet"),
        ({"startet": "1900-01-01"}, "startet"),
        ({"kontaktform": "brevdue"}, "kontaktform"),
        ({"tro_medarbejder": "11"}, "tro_medarbejder"),
        ({"tro_medarbejder": "3,5"}, "tro_medarbejder"),
        ({"tro_medarbejder": ""}, "tro_medarbejder"),
        ({"tro_medarbejder_begrundelse": ""}, "tro_medarbejder_begrundelse"),
        ({"tro_medarbejder_begrundelse": "x" * 601}, "tro_medarbejder_begrundelse"),
        ({"tro_medarbejder_begrundelse": "Se 010190-1234"}, "tro_medarbejder_begrundelse"),
        ({"tro_borger_dato": ""}, "tro_borger_dato"),
        ({"sidste_handling": "trylleri"}, "sidste_handling"),
        ({"sidste_handling": ""}, "sidste_handling"),
        ({"sidste_handling_start": "snart"}, "sidste_handling_start"),
        ({"styrker": "a, b, c, d"}, "styrker"),
    ],
)
def test_a_fault_names_line_and_column_and_stores_nothing(town, changes, column):
    report = run(as_csv(row(sagskode="FJ-1"), row(**changes)), town)

    assert problems(report) == [(3, column)]
    assert (report.applied, Case.objects.count()) == (False, 0)


def test_all_faults_of_a_file_are_told_at_once_and_valid_rows_can_be_stored(town):
    content = as_csv(
        row(sagskode="FJ-1"),
        row(sagskode="FJ-2", startet="", tro_borger="x", målgruppe="Ukendt"),
        row(sagskode="FJ-1"),
        row(sagskode="FJ-4", enhed="Ukendt"),
    )

    report = run(content, town, valid_rows=True)

    assert problems(report) == [
        (3, "målgruppe"),
        (3, "startet"),
        (3, "tro_borger"),
        (4, "sagskode"),
        (5, "enhed"),
    ]
    assert (report.counts.rows, report.lines_with_problems, report.applied) == (4, 3, True)
    assert list(Case.objects.values_list("code", flat=True)) == ["FJ-1"]


def test_a_line_is_the_files_own_also_after_a_text_of_two_lines(town):
    content = as_csv(
        row(sagskode="FJ-1", tro_borger_begrundelse="Første linje\nanden linje"),
        row(sagskode="FJ-2", startet="x"),
    )

    assert problems(run(content, town)) == [(4, "startet")]


@pytest.mark.parametrize(
    "words", ["Ring på 22 33 44 55.", "Skriv til kurt@example.dk.", "Bor på Nørregade 14, 2. tv."]
)
def test_a_reason_that_would_reach_the_citizen_is_told_by_its_line_and_not_quoted(words, town):
    content = as_csv(row(), row(sagskode="FJ-2", tro_borger_begrundelse=f"Hun vil gerne. {words}"))

    report = run(content, town)

    assert problems(report) == [(3, "tro_borger_begrundelse")]
    assert words[8:] not in str(report.to_dict())


@pytest.mark.parametrize(
    "heading", ["CPR", "cpr-nr.", "Navn", "borgers_navn", "Efternavn", "klient"]
)
def test_a_column_of_numbers_or_names_is_refused_by_its_heading(heading):
    content = as_csv(row(**{heading: "x"}), columns=(*COLUMNS, heading))

    with pytest.raises(ImportRefused, match="16"):
        read_caseload(content)


@pytest.mark.parametrize(
    ("changes", "extra"),
    [
        ({"sagskode": "010190-1234"}, None),
        ({"sagskode": "0101901234"}, None),
        ({}, "010190-1234"),
        ({}, "Mette Hansen"),
        ({"styrker": "Mette Hansen"}, None),
        ({"tro_borger_begrundelse": "Mette Hansen"}, None),
    ],
)
def test_a_column_of_numbers_or_names_is_refused_by_what_it_holds(changes, extra):
    rows = [row(sagskode=f"FJ-{n}", ekstra=extra or "") for n in range(5)]
    content = as_csv(
        *[{**other_row, **changes} for other_row in rows], columns=(*COLUMNS, "ekstra")
    )

    with pytest.raises(ImportRefused) as refused:
        read_caseload(content)

    assert not any(
        other_row in str(refused.value) for other_row in ("0101", "1234", "Mette", "Hansen")
    )


def test_no_report_repeats_what_a_cell_held(town):
    report = run(as_csv(row(tro_borger_begrundelse="Ring til 010190-1234", enhed="Hemmelig")), town)

    told = json.dumps(report.to_dict())
    assert len(report.problems) == 2
    assert not any(other_row in told for other_row in ("1234", "Hemmelig"))


def test_a_file_without_headings_is_refused_without_its_first_line():
    content = as_csv(FULL, FULL).split(b"\r\n", 1)[1]

    with pytest.raises(ImportRefused) as refused:
        read_caseload(content)

    assert "sagskode" in str(refused.value)
    assert "FJ-1001" not in str(refused.value)


def test_a_column_we_do_not_know_is_told_and_not_read(town):
    report = run(as_csv(row(bemærkning="Gul mappe"), columns=(*COLUMNS, "bemærkning")), town)

    assert (len(report.notes), report.applied) == (1, True)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        HEAD.encode(),
        b"PK\x03\x04 not a workbook",
        b"\x00\x01\x02",
        b'sagskode;"enhed\nx',
        b"%PDF-1.4\n",
        (HEAD + "\n" + "FJ-1;;;;\n" * 20_001).encode(),
        b"x" * (10 * 1024 * 1024 + 1),
    ],
    ids=["empty", "blank", "headings", "zip", "binary", "quote", "pdf", "rows", "bytes"],
)
def test_a_file_that_is_no_caseload_is_refused_with_a_sentence(content):
    with pytest.raises(ImportRefused) as refused:
        read_caseload(content)

    assert str(refused.value)


def test_lines_that_say_nothing_are_counted_too():
    """Ten million of them held a worker for six seconds."""
    content = as_csv(FULL) + b"\n" * 200_001

    with pytest.raises(ImportRefused, match="Kopiér rækkerne"):
        read_caseload(content)


def test_a_reason_of_a_word_is_a_fault_with_its_line_and_column(town):
    report = run(as_csv(row(tro_medarbejder_begrundelse="x")), town)

    (problem,) = report.problems
    assert (problem.line, problem.column) == (2, "tro_medarbejder_begrundelse")
    assert "mindst fire ord" in problem.text
    assert not Case.objects.exists()


def test_a_changed_row_changes_the_case_and_adds_the_new_belief(town):
    run(as_csv(FULL), town)

    report = run(
        as_csv(
            row(
                medarbejder="kasper@example.org",
                tro_medarbejder="5",
                tro_medarbejder_begrundelse="Mødte igen hver gang.",
                tro_medarbejder_dato="2025-09-01",
                kontaktform="",
                styrker="",
            )
        ),
        town,
    )

    case = Case.objects.get()
    assert (report.counts.changed_cases, report.counts.new_beliefs) == (1, 1)
    assert (case.owner.username, case.contact_form) == ("kasper", "phone")
    assert case.strengths.count() == 2
    owners = CaseOwnership.objects.order_by("pk").values_list("employee__username", "until")
    assert list(owners) == [("amina", timezone.localdate()), ("kasper", None)]


def test_a_contradicting_belief_of_the_same_day_is_a_fault(town):
    run(as_csv(FULL), town)

    assert problems(run(as_csv(row(tro_medarbejder="9")), town)) == [(2, "tro_medarbejder")]


def test_the_same_file_later_leaves_newer_work_and_closed_cases_alone(town):
    content = as_csv(FULL, row(sagskode="FJ-1002"))
    run(content, town)
    first, second = Case.objects.order_by("code")
    register_belief(case=first, actor=first.owner, value=8, because="Praktikken går ret godt.")
    close_case(case=second, actor=second.owner, closed_as="job")
    before = stored()

    report = run(content, town)

    assert (report.counts.unchanged, len(report.notes), stored()) == (2, 1, before)


def test_another_municipality_has_its_own_codes_and_units(town):
    other = UnitFactory(name="Hedelund")
    EmployeeFactory(username="nadia", unit=other)
    run(as_csv(FULL), town)

    report = run(as_csv(row(medarbejder="nadia", enhed="Hedelund")), other.municipality)
    wrong = run(as_csv(row(medarbejder="nadia")), town)

    assert (report.counts.new_cases, Case.objects.count()) == (1, 2)
    assert problems(wrong) == [(2, "medarbejder")]


def test_only_the_municipalitys_coordinator_imports(town):
    caseload = read_caseload(as_csv(FULL))
    for actor in (
        EmployeeFactory(coordinator=True),
        EmployeeFactory(unit=town.units.get(), team_leader=True),
    ):
        with pytest.raises(PermissionDenied):
            import_caseload(caseload=caseload, actor=actor, municipality=town)


def test_a_file_adds_strengths_and_takes_none_away(town):
    run(as_csv(FULL), town)
    Case.objects.get().strengths.filter(text="rolig").update(source="said")

    report = run(as_csv(row(styrker="Rolig|god ved dyr")), town)

    assert list(Case.objects.get().strengths.values_list("text", "source")) == [
        ("god til tal", "unstated"),
        ("rolig", "said"),
        ("god ved dyr", "unstated"),
    ]
    assert report.counts.unchanged == 0
    assert run(as_csv(row(styrker="rolig")), town).counts.unchanged == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_import_asks_a_fixed_number_of_questions(town, count, django_assert_num_queries):
    content = as_csv(*(row(sagskode=f"FJ-{number}") for number in range(count)))
    with django_assert_num_queries(26):
        assert run(content, town).counts.new_cases == count
    with django_assert_num_queries(13):
        assert run(content, town).counts.unchanged == count


texts = st.text(alphabet="abcdefæøå ,.\n\"';", min_size=1, max_size=30).map(str.strip).filter(bool)
days = st.integers(1, 800).map(lambda n: (timezone.localdate() - timedelta(days=n)).isoformat())
file_rows = st.builds(
    lambda code, owner, started, value, because, on, action: row(
        sagskode=f"FJ-{code}",
        medarbejder=owner,
        startet=started,
        tro_medarbejder=str(value),
        tro_medarbejder_begrundelse=f"{because} Han møder hver gang.",
        tro_medarbejder_dato=on,
        sidste_handling_start=action,
        tro_borger="",
        tro_borger_begrundelse="",
        tro_borger_dato="",
    ),
    st.integers(1, 999_999),
    st.sampled_from(["amina", "kasper", "AMINA@example.org"]),
    days,
    st.integers(0, 10),
    texts,
    days,
    days,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(file_rows, min_size=1, max_size=6, unique_by=lambda file_row: file_row["sagskode"]))
def test_importing_twice_is_importing_once(town, rows):
    with transaction.atomic():
        for content in (as_csv(*rows), as_xlsx(*rows)):
            caseload = read_caseload(content)
            assert store(caseload, town).applied
            before = stored()

            again = store(caseload, town)

            assert (again.counts.unchanged, stored()) == (len(rows), before)
        transaction.set_rollback(True)


def test_a_row_survives_being_kept(town):
    (kept,) = read_caseload(as_csv(FULL)).rows

    assert ImportRow.from_dict(json.loads(json.dumps(kept.to_dict()))) == kept


def _kept(tmp_path, content):
    file = tmp_path / "liste.csv"
    file.write_bytes(content)
    return file


def call(tmp_path, content, *arguments):
    out = io.StringIO()
    call_command("import_caseload", str(_kept(tmp_path, content)), *arguments, stdout=out)
    return out.getvalue()


def test_the_command_runs_dry_then_stores(town, tmp_path):
    assert "FJ" not in call(tmp_path, as_csv(FULL))
    assert Case.objects.count() == 0

    report = json.loads(call(tmp_path, as_csv(FULL), "--apply", "--as", "signe", "--json"))

    assert (report["applied"], report["counts"]["new_cases"]) == (True, 1)
    assert AuditEntry.objects.get(action="caseload.import").actor.username == "signe"


@pytest.mark.parametrize(
    ("content", "arguments", "code"),
    [
        (as_csv(row(startet="")), ["--apply"], 1),
        (as_csv(row(cpr="x"), columns=(*COLUMNS, "cpr")), ["--apply"], 2),
        (as_csv(FULL), ["--as", "amina"], 1),
        (as_csv(FULL), ["--as", "ingen"], 1),
        (as_csv(row(enhed="Ukendt")), [], 2),
    ],
)
def test_the_command_fails_with_a_sentence(town, tmp_path, content, arguments, code):
    with pytest.raises(CommandError) as error:
        call(tmp_path, content, *arguments)

    assert error.value.returncode == code
    assert Case.objects.count() == 0


def test_the_command_names_a_missing_file():
    with pytest.raises(CommandError):
        call_command("import_caseload", "findes-ikke.csv")


def test_somebody_of_no_municipality_imports_nothing(town, tmp_path):
    EmployeeFactory(username="fri", unit=None, roles=[Role.COORDINATOR])

    with pytest.raises(CommandError, match="Brugeren hører ikke til nogen kommune"):
        call(tmp_path, as_csv(FULL), "--as", "fri", "--apply")

    assert Case.objects.count() == 0


def test_the_command_tells_each_fault_by_line_and_column(town, tmp_path, capsys):
    content = as_csv(FULL, row(sagskode="FJ-0300", startet="i går"))

    with pytest.raises(CommandError, match="Intet er gemt"):
        call_command("import_caseload", str(_kept(tmp_path, content)), "--apply")

    assert "Linje 3, kolonne startet: " in capsys.readouterr().out
    assert Case.objects.count() == 0


def test_the_rows_without_faults_can_be_stored_alone(town, tmp_path):
    content = as_csv(FULL, row(sagskode="FJ-0300", startet="i går"))

    out = call(tmp_path, content, "--apply", "--valid-rows")

    assert "Linje 3, kolonne startet: " in out
    assert "Gemt." in out
    assert [case.code for case in Case.objects.all()] == [FULL["sagskode"]]


def test_the_sample_file_is_imported(settings):
    from demo_content.files import read
    from people import demo

    demo.load(read("people"))
    for group in read("cases")["target_groups"]:
        TargetGroupFactory(**group)
    file = settings.BASE_DIR / "demo" / "caseload.csv"
    out = io.StringIO()

    call_command("import_caseload", str(file), "--apply", "--json", stdout=out)

    report = json.loads(out.getvalue())
    assert (report["applied"], report["problems"]) == (True, [])
    assert report["counts"]["new_cases"] == report["counts"]["rows"] == Case.objects.count()
