"""What a guest from another municipality will read holds no word that the check warns about."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from sparring.beliefs.domain.actions import plan_action
from sparring.beliefs.domain.beliefs import correct_belief, register_belief
from sparring.bookings.domain.booking import book_session
from sparring.bookings.domain.guests import allow_guest, end_agreement
from sparring.bookings.domain.requests import request_sparring, withdraw_request
from sparring.enums import ActionKind
from sparring.models import SparringRequest
from tests.factories.guests import TwoTowns
from tests.factories.planning import moment, next_monday
from tests.sparring.pages import client_of, url

pytestmark = pytest.mark.django_db
NAMED = "Fordi Mette selv ringede til mesteren."
PLAIN = "Fordi borgeren selv ringede til mesteren."


def believe(case, because):
    return register_belief(case=case, actor=case.owner, value=4, because=because)


def plan(case, what):
    return plan_action(
        case=case, actor=case.owner, kind=ActionKind.TRIAL_DAY, what=what,
        planned_for=next_monday(),
    )  # fmt: skip


def test_while_a_guest_may_come_no_warned_word_is_taken_and_the_place_is_told():
    towns = TwoTowns()

    with pytest.raises(ValidationError) as refused:
        believe(towns.case, NAMED)

    (told,) = refused.value.message_dict["because"]
    assert "»Mette«" in told
    assert believe(towns.case, PLAIN).because == PLAIN


def test_while_a_guest_is_there_too_and_after_the_agreement_no_longer():
    towns = TwoTowns()
    book_session(
        actor=towns.case.owner, case=towns.case, partners=[towns.guest],
        starts_at=moment(next_monday(), "10.00"),
    )  # fmt: skip
    SparringRequest.objects.update(state="held")

    with pytest.raises(ValidationError):
        plan(towns.case, "Prøvedag hos Flemming")
    end_agreement(actor=towns.home.coordinator, agreement=towns.agreement)

    assert plan(towns.case, "Prøvedag hos Flemming").what == "Prøvedag hos Flemming"


def test_without_a_guest_the_same_words_are_taken():
    towns = TwoTowns(allowed=False)

    assert believe(towns.case, NAMED).because == NAMED


def test_a_guest_is_let_in_only_when_every_text_is_in_order_and_a_correction_is_enough():
    towns = TwoTowns(allowed=False)
    owner, belief = towns.case.owner, believe(towns.case, NAMED)
    ask = {"actor": owner, "sparring_request": towns.sparring_request}

    with pytest.raises(ValidationError, match="»Mette«"):
        allow_guest(allow=True, **ask)
    assert not SparringRequest.objects.get().allow_guest
    correct_belief(belief=belief, actor=owner, value=4, because=PLAIN)

    assert allow_guest(allow=True, **ask).allow_guest


def test_a_request_that_allows_a_guest_asks_the_same_of_case_and_question():
    towns = TwoTowns(allowed=False)
    owner = towns.case.owner
    withdraw_request(sparring_request=towns.sparring_request, actor=owner)
    ask = {"case": towns.case, "actor": owner, "allow_guest": True}

    with pytest.raises(ValidationError, match="»Ahmed«"):
        request_sparring(key_question="Hvad med Ahmed?", **ask)

    assert request_sparring(key_question="Hvad overser vi?", **ask).allow_guest


def test_on_the_page_the_refusal_stands_at_the_field_and_what_was_typed_stays():
    towns = TwoTowns()
    mine, page = client_of(towns.case.owner), url("belief_register", towns.case.code)
    first = mine.post(page, {"value": 4, "because": NAMED})
    asked = first.context["form"]["because"].asked

    second = mine.post(page, {"value": 4, "because": NAMED, "because-asked": asked})

    assert second.status_code == 422
    assert (
        "En gæst fra en anden kommune læser det her." in second.context["form"].errors["because"][0]
    )
    assert NAMED in second.content.decode()
