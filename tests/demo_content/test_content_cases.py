"""The demo people, the material of the demo cases and the sample caseload."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from itertools import pairwise

from people.roles import Role
from sparring.enums import ActionKind, ContactForm, Evidence
from tests.demo_content.content import CASELOAD, CASES, NUMBERS, PEOPLE, WRITTEN, unique

# --- people ---


def test_people_are_fourteen_in_three_units() -> None:
    units = {unit["slug"]: unit["municipality"] for unit in PEOPLE["units"]}
    employees = PEOPLE["employees"]

    assert len(PEOPLE["municipalities"]) == len(units) == 3
    assert len(employees) == 14
    for key in ("username", "display_name", "email"):
        assert unique([employee[key] for employee in employees])
    for employee in employees:
        assert units[employee["unit"]] == employee["municipality"]
        assert employee["display_name"] == f"{employee['first_name']} {employee['last_name']}"
        assert employee["email"] == f"{employee['username']}@example.org"
        assert set(employee["theme_numbers"]) <= NUMBERS


def test_fjordby_has_a_login_for_every_role() -> None:
    roles = {
        role
        for employee in PEOPLE["employees"]
        if employee["municipality"] == "fjordby"
        for role in employee["roles"]
    }

    assert roles == set(Role.values)
    assert {role for e in PEOPLE["employees"] for role in e["roles"]} == set(Role.values)


def test_a_line_manager_leads_the_same_unit() -> None:
    people = {employee["username"]: employee for employee in PEOPLE["employees"]}

    for employee in people.values():
        if employee["line_manager"]:
            manager = people[employee["line_manager"]]
            assert manager["unit"] == employee["unit"]
            assert manager["username"] != employee["username"]
            assert Role.TEAM_LEADER in manager["roles"]


def test_working_hours_do_not_overlap() -> None:
    for employee in PEOPLE["employees"]:
        spans = sorted((h["weekday"], h["start"], h["end"]) for h in employee["working_hours"])
        assert spans
        assert all(start < end for _, start, end in spans)
        for (weekday, _, end), (next_weekday, start, _) in pairwise(spans):
            assert weekday < next_weekday or end <= start


# --- case material and the sample caseload ---


def test_case_material_has_the_promised_amounts() -> None:
    counts = {key: len(value) for key, value in CASES.items()}
    levels = Counter((belief["by"], belief["level"]) for belief in CASES["beliefs"])

    assert counts == {
        "target_groups": 5, "action_kinds": 15, "contact_forms": 5, "beliefs": 40, "strengths": 30,
        "success_moments": 25, "agreed_actions": 20, "key_questions": 15, "citizen_next": 15,
        "session_notes": 15, "ideas": 12, "ways_to_meet": 5,
    }  # fmt: skip
    assert min(levels.values()) >= 5
    assert len(levels) == 6


def test_case_material_uses_the_codes_of_the_case_half() -> None:
    assert [item["code"] for item in CASES["action_kinds"]] == ActionKind.values
    assert [item["code"] for item in CASES["contact_forms"]] == ContactForm.values
    evidence = {code for belief in CASES["beliefs"] for code in belief["evidence"]}

    assert evidence == set(Evidence.values)
    assert all(action["kind"] in ActionKind.values for action in CASES["agreed_actions"])
    assert all(action["responsible"] in Role.values for action in CASES["agreed_actions"])


def test_case_material_fits_its_fields_and_comes_once() -> None:
    assert unique([belief["text"] for belief in CASES["beliefs"]])
    for key in ("strengths", "ideas", "key_questions", "citizen_next", "session_notes"):
        assert unique(CASES[key])
    assert max(len(question) for question in CASES["key_questions"]) <= 140
    assert max(len(strength) for strength in CASES["strengths"]) <= 80
    assert not any("," in strength for strength in CASES["strengths"])


HEADER = (
    "sagskode;enhed;medarbejder;målgruppe;startet;kontaktform;tro_medarbejder;"
    "tro_medarbejder_begrundelse;tro_medarbejder_dato;tro_borger;tro_borger_begrundelse;"
    "tro_borger_dato;sidste_handling;sidste_handling_start;styrker"
)


def caseload() -> list[dict[str, str]]:
    with CASELOAD.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def day(text: str) -> date:
    danish = text[2] == "-"
    return date.fromisoformat("-".join(reversed(text.split("-"))) if danish else text)


def test_the_caseload_has_the_promised_columns_and_forty_codes() -> None:
    rows = caseload()

    assert CASELOAD.read_text(encoding="utf-8").splitlines()[0] == HEADER
    assert [row["sagskode"] for row in rows] == [f"FJ-{1001 + n}" for n in range(40)]


def test_the_caseload_names_only_known_people_and_labels() -> None:
    rows = caseload()
    caseworkers = {e["username"] for e in PEOPLE["employees"] if "caseworker" in e["roles"]}
    kinds = {item["label"] for item in CASES["action_kinds"]}

    assert {row["enhed"] for row in rows} == {"Fjordby Job og Vækst"}
    assert {row["medarbejder"] for row in rows} <= caseworkers
    assert {row["målgruppe"] for row in rows} == {item["label"] for item in CASES["target_groups"]}
    assert {row["kontaktform"] for row in rows} == {"fysisk", "telefon", "video", "gåtur", "ingen"}
    assert {row["sidste_handling"] for row in rows} <= kinds | {""}


def test_a_row_of_the_caseload_is_whole_or_empty_and_in_order() -> None:
    for row in caseload():
        for who in ("tro_medarbejder", "tro_borger"):
            parts = [row[who], row[f"{who}_begrundelse"], row[f"{who}_dato"]]
            assert all(parts) or not any(parts)
            assert row[who] == "" or 0 <= int(row[who]) <= 10
        assert bool(row["sidste_handling"]) is bool(row["sidste_handling_start"])
        for column in ("tro_medarbejder_dato", "tro_borger_dato", "sidste_handling_start"):
            assert not row[column] or day(row["startet"]) <= day(row[column]) <= WRITTEN
        assert len([s for s in row["styrker"].split(",") if s.strip()]) <= 3


def test_the_caseload_holds_rows_that_renewal_rules_hit() -> None:
    rows = caseload()
    today = WRITTEN
    bids = [row for row in rows if row["tro_medarbejder"]]

    no_belief = [row for row in rows if not row["tro_medarbejder"]]
    old = [row for row in bids if (today - day(row["tro_medarbejder_dato"])).days > 90]
    apart = [
        row for row in bids
        if row["tro_borger"] and abs(int(row["tro_borger"]) - int(row["tro_medarbejder"])) >= 3
    ]  # fmt: skip
    idle = [
        row for row in bids
        if int(row["tro_medarbejder"]) >= 6
        and (not row["sidste_handling"] or (today - day(row["sidste_handling_start"])).days > 183)
    ]  # fmt: skip

    assert (len(no_belief), len(old), len(apart), len(idle)) == (4, 15, 6, 7)
