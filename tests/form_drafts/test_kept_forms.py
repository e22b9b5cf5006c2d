"""Pages whose words are kept while they are typed: saved, shown again, dropped, sent, refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from form_drafts.models import FormDraft
from people.domain.account_roles import set_account
from people.roles import Role
from sparring.handovers.domain.handing_over import hand_over
from sparring.models import Belief, SparringRequest
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.factories.sparring import CaseFactory

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)
WORDS = "Møder til tiden og spørger selv efter mere."
CPR = "010203-1234"


@pytest.fixture(autouse=True)
def _at_a_fixed_moment():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def page(client, case):
    client.force_login(case.owner)
    return reverse("sparring:belief_register", args=[case.code])


def save(client, page, **typed):
    return client.post(page, typed, headers={"X-Autosave": "1"})


def test_what_is_typed_is_saved_and_comes_back_with_the_time(client, page):
    saved = save(client, page, value="4", because=WORDS)

    assert saved.status_code == 200
    assert saved.json() == {"saved_at": "10.42", "fields": {"draft_version": "1"}, "refused": {}}
    again = client.get(page)
    text = again.content.decode()
    assert "Du havde skrevet noget her kl. 10.42" in text
    assert WORDS in text
    assert again.context["form"]["value"].value() == "4"
    assert 'name="draft_version" value="1"' in text
    assert not Belief.objects.exists()


def test_another_day_says_the_day_too(client, page, case):
    save(client, page, because=WORDS)

    with time_machine.travel(MORNING + timedelta(days=2), tick=False):
        client.force_login(case.owner)
        text = client.get(page).content.decode()

    assert "Du havde skrevet noget her den 24. november 2026 kl. 10.42" in text


def test_an_untouched_page_says_nothing(client, page):
    text = client.get(page).content.decode()

    assert "Du havde skrevet" not in text
    assert f'data-autosave="{page}"' in text


def test_the_button_drops_it(client, page):
    save(client, page, because=WORDS)

    dropped = client.post(page, {"drop_draft": "1"})

    assert (dropped.status_code, dropped["Location"]) == (302, page)
    assert not FormDraft.objects.exists()
    assert WORDS not in client.get(page).content.decode()


def test_sending_the_form_ends_the_draft(client, page, case):
    save(client, page, because="Halvt")

    sent = client.post(page, {"value": "4", "because": WORDS})

    assert (sent.status_code, Belief.objects.count()) == (302, 1), sent.context["form"].errors
    assert not FormDraft.objects.exists()


def test_a_cpr_number_is_not_kept_and_the_field_says_so(client, page):
    saved = save(client, page, because=f"{WORDS} {CPR} ring.")

    assert saved.json()["refused"] == {
        "id_because": "Det ligner et CPR-nummer. Fjern det: ingen har brug for det her. "
        "Det er ikke gemt."
    }
    assert FormDraft.objects.get().values["because"] == [f"{WORDS} […] ring."]


def test_a_refused_form_keeps_everything_but_the_refused_words(client, page):
    refused = client.post(page, {"value": "4", "because": f"{WORDS} {CPR}"})

    assert refused.status_code == 422
    draft = FormDraft.objects.get()
    assert draft.values == {"value": ["4"], "because": [f"{WORDS} […]"]}
    assert f'name="draft_version" value="{draft.version}"' in refused.content.decode()
    assert WORDS in client.get(page).content.decode()


def test_nobody_else_gets_it(client, page, case):
    save(client, page, because=WORDS)
    unit = UnitFactory(municipality=case.municipality)

    for role in Role:
        other = EmployeeFactory(unit=unit, roles=[role])
        client.force_login(other)
        for answer in (client.get(page), client.post(page, {}, headers={"X-Autosave": "1"})):
            assert answer.status_code in (403, 404), role
        assert not FormDraft.objects.written_by(other).exists()
    client.logout()
    assert client.get(page).status_code == 302
    assert client.post(page, {"because": "x"}, headers={"X-Autosave": "1"}).status_code == 302
    assert FormDraft.objects.get().values["because"] == [WORDS]


def test_the_new_caseworker_gets_an_empty_form_after_a_handover(client, page, case):
    save(client, page, because=WORDS)
    to = EmployeeFactory(unit=case.unit)

    hand_over(case=case, actor=case.owner, to=to)

    assert not FormDraft.objects.exists()
    client.force_login(to)
    assert WORDS not in client.get(page).content.decode()


def test_a_handover_that_is_half_written_is_kept_until_it_is_sent(client, page, case):
    to = EmployeeFactory(unit=case.unit)
    handover = reverse("sparring:case_hand_over", args=[case.code])

    save(client, handover, to=str(to.pk), reason=WORDS)

    again = client.get(handover)
    assert again.context["form"]["to"].value() == str(to.pk)
    assert WORDS in again.content.decode()
    sent = client.post(handover, {"to": to.pk, "reason": WORDS})
    assert sent.status_code == 302
    case.refresh_from_db()
    assert case.owner == to
    assert not FormDraft.objects.exists()


def test_a_request_comes_back_with_its_choices(client, page, case):
    address = reverse("sparring:request", args=[case.code])

    save(client, address, key_question=WORDS, duration_minutes="40", partners="2", deadline="")

    form = client.get(address).context["form"]
    assert form["key_question"].value() == WORDS
    assert form["duration_minutes"].value() == "40"
    assert form["partners"].value() == "2"
    assert not SparringRequest.objects.exists()


def test_who_ends_or_gets_other_roles_leaves_nothing(client, page, case):
    save(client, page, because=WORDS)
    administrator = EmployeeFactory(unit=case.unit, roles=[Role.ADMINISTRATOR])

    set_account(actor=administrator, employee=case.owner, roles=[Role.TEAM_LEADER], is_active=True)

    assert not FormDraft.objects.exists()
    save(client, page, because=WORDS)
    case.owner.is_active = False
    case.owner.save()
    assert not FormDraft.objects.exists()


def test_who_moves_to_another_municipality_leaves_nothing(client, page, case):
    save(client, page, because=WORDS)
    person = case.owner

    person.unit = UnitFactory(municipality=case.municipality)
    person.save()
    assert FormDraft.objects.count() == 1
    person.unit = UnitFactory()
    person.save()

    assert not FormDraft.objects.exists()


def test_a_page_that_is_closed_to_its_writer_leaves_nothing(client, page, case):
    save(client, page, because=WORDS)
    case.owner = EmployeeFactory(unit=case.unit)
    case.save()

    assert client.get(page).status_code == 404
    assert not FormDraft.objects.exists()


def test_a_page_with_one_field_keeps_nothing_and_its_verb_is_not_called(client, page, case):
    paused = reverse("sparring:need_end_snooze", args=[case.code])

    assert save(client, paused).status_code == 400
    assert "data-autosave" not in client.get(paused).content.decode()


def test_two_tabs_that_wrote_different_things_are_told_apart(client, page):
    first = save(client, page, because="Her", draft_version="0", draft_page="a")

    clash = save(client, page, because="Der", value="3", draft_version="0", draft_page="b")

    assert first.status_code == 200
    assert clash.status_code == 409
    assert clash.json() == {
        "error": "Du har skrevet noget andet her i en anden fane.",
        "version": 1,
        "saved_at": "10.42",
        "values": {"because": ["Her"]},
    }
    chosen = save(client, page, because="Der", draft_version="1", draft_page="b")
    assert chosen.json()["fields"] == {"draft_version": "2"}


def test_a_save_that_is_sent_again_is_no_clash_with_itself(client, page):
    for text in ("Her", "Her", "Her og der"):
        answer = save(client, page, because=text, draft_version="0", draft_page="a")

        assert answer.status_code == 200, text
    assert FormDraft.objects.get().values == {"because": ["Her og der"]}


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 400, "²"])
def test_a_version_that_is_none_counts_as_none(client, page, version):
    assert save(client, page, because="Her", draft_version=version).status_code == 200


def test_more_than_a_form_can_hold_is_said_not_kept(client, page):
    answer = save(client, page, because="x" * 300_000)

    assert (answer.status_code, FormDraft.objects.count()) == (422, 0)
    assert answer.json() == {"error": "Det er for langt til at blive gemt."}
