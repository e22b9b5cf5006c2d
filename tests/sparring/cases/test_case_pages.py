from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from kb.templatetags.ui import day as written
from privacy.models import AuditEntry
from sparring.beliefs.domain.needs import recompute
from sparring.cases.imports.uploads import KEPT, forget_old
from sparring.enums import Answer, ByRole, CaseStatus, RequestState, SessionState
from sparring.models import (
    Action,
    Belief,
    Case,
    CaseloadUpload,
    Participation,
    RenewalNeed,
    SparringRequest,
    SparringSession,
)
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.factories.sparring import ActionFactory, BeliefFactory, CaseFactory, TargetGroupFactory

from .test_import import FULL, as_csv, row

pytestmark = pytest.mark.django_db
SECRET = "Hemmelig begrundelse om borgeren"


def day(days):
    return timezone.localdate() + timedelta(days=days)


def url(name, case, *rest):
    return reverse(f"sparring:{name}", args=[case.code, *rest])


def a_case(owner=None, **rest):
    """A case with two beliefs of each role, actions and a computed need."""
    case = CaseFactory(**({"owner": owner} if owner else {}), **rest)
    for days in (150, 100):
        BeliefFactory(
            case=case,
            value=7,
            because=SECRET,
            registered_at=timezone.localtime() - timedelta(days=days),
        )
        BeliefFactory(case=case, by_role=ByRole.CITIZEN, by_employee=case.owner, value=4)
    ActionFactory(case=case, kind="course", started_on=day(-400))
    ActionFactory(case=case, kind="placement", started_on=None, planned_for=day(9))
    recompute([case])
    return case


def partner_of(case, *, answer=Answer.YES, opened=False, state=SessionState.PLANNED, until=None):
    """A colleague in a session about the case."""
    partner = EmployeeFactory(unit=case.unit)
    sparring_request = SparringRequest.objects.create(
        case=case, created_by=case.owner, key_question="Hvad nu?"
    )
    begins = timezone.now() + timedelta(days=2)
    session = SparringSession.objects.create(
        request=sparring_request,
        case=case,
        starts_at=begins,
        ends_at=begins + timedelta(minutes=25),
        state=state,
        bids_opened_at=timezone.now() if opened else None,
        calendar_uid="6f1c2d0e-4f6e-4c1e-9a52-0d9f0f5f6a01",
    )
    Participation.objects.create(
        session=session,
        employee=partner,
        role="colleague",
        answer=answer,
        during=(begins, session.ends_at),
        holds_time=answer != Answer.NO,
        bid_excused_by=case.owner if opened else None,
        bid_excused_at=timezone.now() if opened else None,
        access_until=until,
    )
    return partner


def content(response):
    return response.content.decode()


# -- who sees what -------------------------------------------------------------------------------


def test_the_owner_sees_the_case_uncached_and_the_view_is_in_the_audit(client):
    case = a_case()
    client.force_login(case.owner)

    response = client.get(url("case_detail", case))

    page = content(response)
    assert (response.status_code, "no-store" in response["Cache-Control"]) == (200, True)
    assert SECRET in page
    assert "<svg" in page
    assert 'style="' not in page
    assert AuditEntry.objects.get(action="case.view").actor == case.owner


@pytest.mark.parametrize(
    "stranger",
    [
        lambda case: EmployeeFactory(unit=case.unit),
        lambda case: EmployeeFactory(unit=case.unit, coordinator=True),
        lambda case: EmployeeFactory(unit=case.unit, team_leader=True),
        lambda case: EmployeeFactory(unit=case.unit, administrator=True),
        lambda case: EmployeeFactory(unit=case.unit, auditor=True),
        lambda case: EmployeeFactory(),
        lambda case: partner_of(case, answer=Answer.NO),
        lambda case: partner_of(case, state=SessionState.CANCELLED),
        lambda case: partner_of(case, state=SessionState.PROPOSED),
        lambda case: partner_of(case, until=timezone.now() - timedelta(minutes=1)),
    ],
)
def test_to_a_stranger_the_case_does_not_exist(client, stranger):
    case = a_case()
    client.force_login(stranger(case))

    answers = [client.get(url("case_detail", case)), client.get(reverse("sparring:case_list"))]
    answers += [client.get("/")]

    assert [answer.status_code for answer in answers] == [404, 200, 200]
    assert not any(SECRET in content(answer) for answer in answers)
    assert case.code not in content(answers[1])
    assert not AuditEntry.objects.filter(action="case.view").exists()


def test_the_same_code_in_another_municipality_is_another_case(client):
    mine = a_case(code="FJ-0217")
    a_case(
        code="FJ-0217",
        owner=EmployeeFactory(),
        target_group=TargetGroupFactory(code="anden", label="Den anden kommunes gruppe"),
    )
    client.force_login(mine.owner)

    page = content(client.get(url("case_detail", mine)))

    assert "Den anden kommunes gruppe" not in page


def test_a_partner_sees_the_case_but_no_belief_before_the_bids_are_opened(client):
    case = a_case()
    client.force_login(partner_of(case))

    page = content(client.get(url("case_detail", case)))

    assert case.code in page
    assert SECRET not in page
    assert "<circle" not in page
    assert "belief-figure" not in page


def test_a_partner_sees_the_beliefs_once_the_bids_are_open(client):
    case = a_case()
    client.force_login(partner_of(case, opened=True))

    assert SECRET in content(client.get(url("case_detail", case)))


VERBS = (
    "belief_register", "belief_citizen", "belief_reaffirm", "action_plan", "request",
    "sparring_withdraw", "need_snooze", "need_end_snooze", "case_strengths", "case_sheet",
    "case_pause",
    "case_resume", "case_hand_over", "case_close",
)  # fmt: skip


@pytest.mark.parametrize("name", VERBS)
def test_only_the_owner_opens_the_verbs(client, name):
    case = a_case()
    stranger, partner = EmployeeFactory(unit=case.unit), partner_of(case, opened=True)
    codes = []
    for person in (case.owner, stranger, partner):
        client.force_login(person)
        codes.append(client.get(url(name, case)).status_code)

    assert codes == [200, 404, 403]


def test_somebody_elses_belief_and_action_are_not_reached_through_ones_own_case(client):
    mine, other = a_case(), a_case()
    client.force_login(mine.owner)
    belief, action = other.beliefs.first(), other.actions.first()

    for name, pk in (("belief_correct", belief.pk), ("action_end", action.pk)):
        assert client.get(url(name, mine, pk)).status_code == 404


# -- the list ------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_a_fixed_number_of_questions(client, count, django_assert_num_queries):
    owner = EmployeeFactory()
    for _ in range(count):
        a_case(owner)
    client.force_login(owner)

    with django_assert_num_queries(11):
        response = client.get(reverse("sparring:case_list"))

    assert len(response.context["rows"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_case_asks_a_fixed_number_of_questions(client, count, django_assert_num_queries):
    case = a_case()
    for days in range(count):
        BeliefFactory(case=case, registered_at=timezone.localtime() - timedelta(days=days))
        ActionFactory(case=case, responsible=case.owner, deadline=day(3))
    client.force_login(case.owner)

    with django_assert_num_queries(22):
        response = client.get(url("case_detail", case))

    assert response.status_code == 200


def test_the_list_is_in_the_order_of_need_with_the_held_back_last(client):
    owner = EmployeeFactory()
    calm = CaseFactory(owner=owner, started=day(-3))
    urgent = a_case(owner, started=day(-900))
    Action.objects.filter(case=urgent).delete()
    old = CaseFactory(owner=owner, started=day(-100))
    paused = a_case(owner)
    Case.objects.filter(pk=paused.pk).update(
        status=CaseStatus.PAUSED, paused_reason="Barsel", paused_until=day(9)
    )
    recompute(Case.objects.filter(owner=owner))
    client.force_login(owner)

    rows = client.get(reverse("sparring:case_list")).context["rows"]

    codes = [other_row["url"].split("/")[2] for other_row in rows]
    assert codes == [urgent.code, old.code, calm.code, paused.code]


def test_the_address_holds_the_filters(client):
    owner = EmployeeFactory()
    open_case, closed = a_case(owner), CaseFactory(owner=owner)
    Case.objects.filter(pk=closed.pk).update(status="closed", closed_as="job", closed_on=day(-1))
    client.force_login(owner)
    band = RenewalNeed.objects.get(case=open_case).band

    def codes(query):
        rows = client.get(f"{reverse('sparring:case_list')}?{query}").context["rows"]
        return [other_row["url"].split("/")[2] for other_row in rows]

    assert codes("") == [open_case.code]
    assert codes("status=closed") == [closed.code]
    assert codes(f"band={band}") == [open_case.code]
    assert codes("band=none") == []
    assert codes("band=vrøvl&status=%27") == [open_case.code]
    assert codes("page=999") == [open_case.code]


# -- the forms -----------------------------------------------------------------------------------


def post(client, case, name, data, *rest):
    client.force_login(case.owner)
    return client.post(url(name, case, *rest), data)


def test_a_belief_is_registered_and_shown(client):
    case = CaseFactory()

    response = post(
        client,
        case,
        "belief_register",
        {"value": 6, "because": "Møder til tiden hver dag.", "evidence": ["tried"]},
    )

    assert (response.status_code, response.url) == (302, url("case_detail", case))
    assert list(case.beliefs.values_list("value", "by_role")) == [(6, "caseworker")]


def test_a_reason_that_is_refused_is_still_in_its_field(client):
    case = a_case()

    for name, typed in (("belief_register", "Han er klar"), ("belief_reaffirm", SECRET)):
        response = post(client, case, name, {"value": 6, "because": typed})

        assert response.status_code == 422
        (sentence,) = response.context["form"].errors["because"]
        assert sentence.startswith(("Skriv en sætning", "Du skrev næsten"))
        assert f">\n{typed}</textarea>" in content(response)


@pytest.mark.parametrize("where", ["case", "list"])
def test_a_case_that_is_put_off_says_until_when_and_nothing_else(client, where):
    case = a_case()
    data = {"until": day(20).isoformat(), "reason": "Venter på svar."}
    assert post(client, case, "need_snooze", data).status_code == 302

    address = url("case_detail", case) if where == "case" else reverse("sparring:case_list")
    text = " ".join(client.get(address).content.decode().split())

    assert f"Udsat til {written(day(20))}." in text
    assert "indtil videre" not in text


def test_the_other_verbs_work_from_their_pages(client):
    case = a_case()
    other = EmployeeFactory(unit=case.unit)
    planned = case.actions.get(kind="placement")
    steps = [
        ("need_snooze", {"until": day(20).isoformat(), "reason": "Venter på svar."}),
        ("belief_citizen", {"value": 9, "because": "Jeg er klar."}),
        ("belief_reaffirm", {"because": "Praktikken holder, og han møder hver dag."}),
        ("action_plan", {"kind": "trial_day", "deadline": day(5).isoformat()}),
        (
            "request",
            {"key_question": "Hvad overser jeg?", "duration_minutes": 25, "partners": 2},
        ),
        ("sparring_withdraw", {}),
        ("case_strengths", {"strength_0": "god til tal", "strength_2": "rolig"}),
        ("case_pause", {"until": day(20).isoformat(), "reason": "Barsel"}),
        ("case_resume", {}),
    ]
    for name, data in steps:
        assert post(client, case, name, data).status_code == 302, name
    for name in ("action_start", "action_end"):
        data = {"outcome": "completed"} if name == "action_end" else {}
        assert post(client, case, name, data, planned.pk).status_code == 302
    agreement = case.actions.get(kind="trial_day")
    assert post(client, case, "action_agreement_done", {}, agreement.pk).status_code == 302
    newest = case.beliefs.filter(by_role="citizen").first()
    fixed = post(client, case, "belief_correct", {"value": 8, "because": "Otte."}, newest.pk)
    assert fixed.status_code == 302
    assert post(client, case, "case_hand_over", {"to": other.pk}).url == reverse(
        "sparring:handovers"
    )
    case.refresh_from_db()
    assert post(client, case, "case_close", {"closed_as": "job"}).status_code == 302

    case.refresh_from_db()
    written = list(case.strengths.values_list("text", flat=True))
    assert (case.owner, case.status, written) == (
        other,
        CaseStatus.CLOSED,
        ["god til tal", "rolig"],
    )
    assert list(case.requests.values_list("state", flat=True)) == [RequestState.WITHDRAWN]


CPR = "010190-1234"


@pytest.mark.parametrize(
    ("name", "data", "field"),
    [
        ("belief_register", {"value": 6, "because": f"Ring til {CPR}"}, "because"),
        ("belief_citizen", {"value": 6, "because": f"Ring til {CPR}"}, "because"),
        ("belief_reaffirm", {"because": f"Ring til {CPR}"}, "because"),
        ("action_plan", {"kind": "course", "what": f"Ring til {CPR}"}, "what"),
        (
            "request",
            {"duration_minutes": 25, "key_question": f"Ring til {CPR}"},
            "key_question",
        ),
        ("need_snooze", {"until": "2099-01-01", "reason": f"Ring til {CPR}"}, "reason"),
        ("case_strengths", {"strength_1": f"Ring til {CPR}"}, "strength_1"),
        ("case_pause", {"until": "2099-01-01", "reason": f"Ring til {CPR}"}, "reason"),
        ("case_hand_over", {"reason": f"Ring til {CPR}"}, "reason"),
    ],
)
def test_a_cpr_number_is_refused_in_every_free_text(client, name, data, field):
    case = a_case()

    with translation.override("da"):
        response = post(client, case, name, data)

    (sentence,) = response.context["form"].errors[field]
    assert (response.status_code, "CPR" in sentence) == (422, True)
    assert f"Ring til {CPR}" in content(response)
    assert Belief.objects.filter(because__contains="0101").count() == 0


@pytest.mark.parametrize(
    ("name", "data", "field"),
    [
        ("belief_register", {"because": "Kun en grund."}, "value"),
        ("belief_register", {"value": 11, "because": "Kun en grund."}, "value"),
        (
            "request",
            {"duration_minutes": 25, "key_question": "Kun en grund." * 20},
            "key_question",
        ),
        ("need_snooze", {"until": "2099-01-01", "reason": "Kun en grund."}, "until"),
        ("action_plan", {"kind": "course", "what": "Kun en grund."}, "planned_for"),
        ("case_pause", {"until": "2000-01-01", "reason": "Kun en grund."}, "until"),
    ],
)
def test_bad_input_keeps_what_was_typed(client, name, data, field):
    case = a_case()

    response = post(client, case, name, data)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "Kun en grund." in content(response)


# -- the coordinator's import --------------------------------------------------------------------


@pytest.fixture
def coordinator():
    unit = UnitFactory(name="Fjordby Job og Vækst")
    TargetGroupFactory()
    EmployeeFactory(username="amina", unit=unit)
    return EmployeeFactory(unit=unit, coordinator=True)


def upload(client, content):
    file = SimpleUploadedFile("liste.csv", content)
    return client.post(reverse("sparring:import_caseload"), {"file": file})


def test_a_caseload_is_looked_over_then_stored(client, coordinator):
    client.force_login(coordinator)

    response = upload(client, as_csv(FULL, row(sagskode="FJ-1002")))
    assert Case.objects.count() == 0
    page = client.get(response.url)
    assert page.context["report"].counts.new_cases == 2
    stored = client.post(response.url)

    assert stored.url == reverse("sparring:import_caseload")
    assert (Case.objects.count(), CaseloadUpload.objects.count()) == (2, 0)


def test_faults_are_shown_and_only_asked_for_rows_are_stored(client, coordinator):
    client.force_login(coordinator)
    bad = row(sagskode="FJ-1003", tro_borger_begrundelse=f"Ring til {CPR}")

    response = upload(client, as_csv(FULL, row(sagskode="FJ-1002", enhed="Ukendt"), bad))
    page = client.get(response.url)
    assert [(p.line, p.column) for p in page.context["problems"]] == [
        (3, "enhed"),
        (4, "tro_borger_begrundelse"),
    ]
    assert "0101" not in str(CaseloadUpload.objects.get().rows)
    client.post(response.url)
    assert Case.objects.count() == 0
    client.post(response.url, {"valid_rows": "1"})

    assert list(Case.objects.values_list("code", flat=True)) == ["FJ-1001"]


def test_a_refused_file_is_told_why_and_not_kept(client, coordinator):
    client.force_login(coordinator)

    response = upload(client, as_csv(row(sagskode=CPR)))

    assert "CPR" in content(response)
    assert CPR not in content(response)
    assert not CaseloadUpload.objects.exists()


def test_an_upload_is_its_owners_for_an_hour(client, coordinator):
    client.force_login(coordinator)
    address = upload(client, as_csv(FULL)).url
    client.force_login(EmployeeFactory(unit=coordinator.unit, coordinator=True))
    others = client.get(address).status_code
    client.force_login(EmployeeFactory(unit=coordinator.unit))
    caseworkers = client.get(address).status_code
    client.force_login(coordinator)
    CaseloadUpload.objects.update(uploaded_at=timezone.now() - KEPT)

    assert (others, caseworkers, client.get(address).status_code) == (404, 403, 404)
    assert forget_old() == 1
