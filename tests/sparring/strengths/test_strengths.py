"""Strengths with their source: who writes them, who reads them, and the sheet without a name."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from privacy.models import AuditEntry
from sparring.enums import CaseStatus, ParticipantRole
from sparring.models import Strength, WayToMeet
from sparring.strengths.domain.strengths import (
    MOST_STRENGTHS,
    Noted,
    fill_in_sheet,
    set_strengths,
)
from sparring.strengths.queries.strengths import profile_of
from sparring.strengths.starters import starter_texts, starters
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import running_session
from tests.factories.sparring import CaseFactory, StrengthFactory

pytestmark = pytest.mark.django_db
CPR = "010190-1234"
NAMES = ("case_strengths", "case_sheet", "case_sheet_pdf")


def url(name, case):
    return reverse(f"sparring:{name}", args=[case.code])


def texts(case):
    return list(case.strengths.values_list("text", "source"))


# --- what is written ---


def test_each_strength_keeps_its_source_and_its_order():
    case = CaseFactory()

    set_strengths(
        case=case,
        actor=case.owner,
        strengths=[Noted(" god  til tal ", "seen"), Noted("", "said"), Noted("rolig", "colleague"),
                   Noted("God til tal", "said")],
        motivates=" At blive savnet. ",
    )  # fmt: skip

    profile = profile_of(case)
    assert texts(case) == [("god til tal", "seen"), ("rolig", "colleague")]
    assert (profile.motivates, profile.how_to_meet) == ("At blive savnet.", "")
    entry = AuditEntry.objects.get(action="case.set_strengths")
    assert (entry.actor, entry.object_id) == (case.owner, str(case.pk))
    assert "god til tal" not in str(entry.details)


def test_what_is_left_out_is_taken_out_and_what_stays_keeps_its_day():
    case = CaseFactory()
    days_ago = timezone.now() - timedelta(days=9)
    both = [Noted("rolig", "said"), Noted("god til tal", "seen")]
    set_strengths(case=case, actor=case.owner, strengths=both, motivates="Faste dage", at=days_ago)

    set_strengths(case=case, actor=case.owner, strengths=[*both[:1], Noted("ny", "said")])

    found = dict(case.strengths.values_list("text", "noted_on"))
    assert found == {"rolig": timezone.localdate(days_ago), "ny": timezone.localdate()}
    assert not WayToMeet.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"strengths": [Noted(f"ring til {CPR}", "said")]}, "strengths"),
        ({"strengths": [Noted("a" * 81, "said")]}, "strengths"),
        ({"strengths": [Noted("rolig", "rygte")]}, "strengths"),
        ({"strengths": [Noted(str(n), "said") for n in range(MOST_STRENGTHS + 1)]}, "strengths"),
        ({"strengths": [], "motivates": f"ring til {CPR}"}, "motivates"),
        ({"strengths": [], "how_to_meet": "a" * 401}, "how_to_meet"),
    ],
)
def test_what_may_not_be_stored_is_refused_and_nothing_is_lost(values, field):
    case = StrengthFactory(text="rolig").case

    with pytest.raises(ValidationError) as error:
        set_strengths(case=case, actor=case.owner, **values)

    assert list(error.value.message_dict) == [field]
    assert texts(case) == [("rolig", "said")]


def test_only_the_owner_of_an_open_case_writes():
    case = CaseFactory()
    with pytest.raises(PermissionDenied):
        set_strengths(case=case, actor=EmployeeFactory(unit=case.unit), strengths=[])
    case.status, case.closed_as, case.closed_on = CaseStatus.CLOSED, "job", timezone.localdate()
    case.save()
    with pytest.raises(ValidationError):
        fill_in_sheet(case=case, actor=case.owner, said=["rolig"])

    assert texts(case) == []


@pytest.mark.parametrize("change", [{"text": " "}, {"source": "rygte"}, {"text": "ROLIG"}])
def test_the_database_keeps_what_makes_no_sense_out(change):
    case = StrengthFactory(text="rolig").case

    with pytest.raises(IntegrityError), transaction.atomic():
        Strength.objects.create(
            case=case, noted_on=timezone.localdate(), **{"text": "ny", "source": "said", **change}
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        WayToMeet.objects.create(case=case)


def test_the_sheet_adds_the_citizens_own_words_and_takes_nobody_elses_away():
    case = CaseFactory()
    set_strengths(
        case=case,
        actor=case.owner,
        strengths=[Noted("rolig", "seen")],
        motivates="Faste dage",
        how_to_meet="Ring dagen før",
    )

    fill_in_sheet(case=case, actor=case.owner, said=["Rolig", "laver god mad"], motivates="Dyr")

    assert texts(case) == [("rolig", "seen"), ("laver god mad", "said")]
    profile = profile_of(case)
    assert (profile.motivates, profile.how_to_meet) == ("Dyr", "Ring dagen før")


# --- the pages ---


def test_the_owner_writes_them_on_the_page(client):
    case = StrengthFactory(text="rolig", source="seen").case
    client.force_login(case.owner)
    shown = client.get(url("case_strengths", case)).content.decode()
    assert 'value="rolig"' in shown
    assert starter_texts()[0] in shown

    answer = client.post(
        url("case_strengths", case),
        {"strength_0": "rolig", "source_0": "seen", "strength_1": "god til tal",
         "source_1": "colleague", "how_to_meet": "Ring dagen før."},
    )  # fmt: skip

    assert answer.status_code == 302
    assert texts(case) == [("rolig", "seen"), ("god til tal", "colleague")]
    page = " ".join(client.get(url("case_detail", case)).content.decode().split())
    for words in ("god til tal", "en kollega så det", "set på arbejdspladsen", "Ring dagen før."):
        assert words in page


def test_the_sheet_on_the_screen_is_saved_as_what_was_said(client):
    case = CaseFactory()
    client.force_login(case.owner)
    ticked = starters()[1].strengths[0]

    answer = client.post(
        url("case_sheet", case), {"fits_1": [ticked], "own_1": "synger i kor", "motivates": "Dyr"}
    )

    assert answer.status_code == 302
    assert texts(case) == [(ticked, "said"), ("synger i kor", "said")]


@pytest.mark.parametrize(
    ("name", "data", "field"),
    [
        ("case_strengths", {"strength_1": f"Ring til {CPR}"}, "strength_1"),
        ("case_strengths", {"how_to_meet": f"Ring til {CPR}"}, "how_to_meet"),
        ("case_sheet", {"own_2": f"Ring til {CPR}"}, "own_2"),
        ("case_sheet", {"fits_0": ["noget, der ikke står på listen"]}, "fits_0"),
    ],
)
def test_a_refusal_stands_at_its_field_and_nothing_is_stored(client, name, data, field):
    case = CaseFactory()
    client.force_login(case.owner)

    answer = client.post(url(name, case), data)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert texts(case) == []


def test_access_is_the_cases_at_every_address(client):
    case = StrengthFactory(text="holder fast i et løfte").case
    session = running_session(case=case)
    partner = session.participations.get(role=ParticipantRole.COLLEAGUE).employee
    people = (case.owner, EmployeeFactory(unit=case.unit), partner, EmployeeFactory(editor=True))
    found = []
    for person in people:
        client.force_login(person)
        found.append([client.get(url(name, case)).status_code for name in NAMES])

    assert found == [[200, 200, 200], [404, 404, 404], [403, 403, 200], [403, 403, 404]]
    client.logout()
    assert {client.get(url(name, case)).status_code for name in NAMES} == {302}


def test_the_session_shows_them_to_who_sits_in_it(client):
    case = StrengthFactory(text="holder fast i et løfte", source="seen").case
    session = running_session(case=case)
    partner = session.participations.get(role=ParticipantRole.COLLEAGUE).employee
    client.force_login(partner)

    page = " ".join(
        client.get(reverse("sparring:session", args=[session.pk])).content.decode().split()
    )

    assert "holder fast i et løfte" in page
    assert "set på arbejdspladsen" in page


# --- the sheet on paper, and the list ---


def test_the_paper_is_one_page_for_everybody_and_names_nobody(client):
    case = StrengthFactory(text="holder fast i et løfte").case
    client.force_login(case.owner)

    answer = client.get(url("case_sheet_pdf", case))

    reader = PdfReader(io.BytesIO(answer.content))
    (page,) = reader.pages
    text = " ".join(page.extract_text().split())
    for starter in starter_texts():
        assert starter in text
    kept = f"{text} {reader.metadata} {answer['Content-Disposition']}"
    for secret in (case.code, "holder fast i et løfte", case.owner.last_name, str(case.unit)):
        assert secret not in kept
    assert "intet CPR-nummer" in text


def test_the_list_is_positive_and_says_each_thing_once():
    written = starter_texts()

    assert len(written) >= 20
    assert len({text.lower() for text in written}) == len(written)
    assert all(len(text) <= 80 for text in written)
    closing = {"ikke", "mangler", "uden for", "trods", "dårlig", "svag", "problem", "kun"}
    assert [text for text in written if closing & set(text.lower().split())] == []
