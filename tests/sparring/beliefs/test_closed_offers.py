"""Offers: why one was chosen, and who is told when a planned one closes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from sparring.models import Action
from tests.factories.kb import OfferFactory
from tests.factories.people import EmployeeFactory
from tests.factories.sparring import ActionFactory, CaseFactory
from tests.sent_notifications import send_all, told

pytestmark = pytest.mark.django_db
KIND = "sparring.offer_closed"


def planned(offer, owner=None, **more):
    case = CaseFactory(**({"owner": owner} if owner else {}))
    return ActionFactory(
        case=case,
        offer=offer,
        **{"started_on": None, "planned_for": timezone.localdate() + timedelta(days=9), **more},
    )


def close(offer, **more):
    offer.closed_on = timezone.localdate()
    offer.closed_because = "der spares"
    for name, value in more.items():
        setattr(offer, name, value)
    offer.save()


def test_each_owner_is_told_once_with_the_alternative(mailoutbox):
    offer = OfferFactory(name="Prøvedag")
    owner = EmployeeFactory()
    planned(offer, owner)
    planned(offer, owner)
    other = planned(offer).case.owner

    close(offer, alternative=OfferFactory(name="Besøg"))
    offer.note = "Åbner måske igen."
    offer.save()

    assert {row.employee for row in told(KIND)} == {owner, other}
    assert told(KIND).count() == 2
    send_all(KIND)
    (mail, _other) = mailoutbox
    assert "Prøvedag" in mail.subject
    assert "der spares" in mail.subject
    assert "Besøg" in mail.subject
    code = owner.cases.first().code
    assert code not in f"{mail.subject} {mail.body}"


def test_who_has_begun_or_ended_or_closed_the_case_is_not_told():
    offer = OfferFactory()
    planned(offer, started_on=timezone.localdate(), outcome="running")
    planned(offer, outcome="stopped")
    over = planned(offer).case
    over.status, over.closed_as, over.closed_on = "closed", "job", timezone.localdate()
    over.save()
    planned(OfferFactory())

    close(offer)

    assert not told(KIND).exists()


def test_an_offer_that_opens_again_is_told_of_by_nobody_and_closing_anew_is_told(mailoutbox):
    offer = OfferFactory()
    planned(offer)
    close(offer)
    offer.closed_on, offer.closed_because = None, ""
    offer.save()

    assert send_all(KIND) == []
    assert mailoutbox == []
    close(offer, closed_on=timezone.localdate() + timedelta(days=1))
    assert told(KIND).count() == 2


def test_something_else_needs_words_in_the_database_too():
    action = ActionFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(chosen_because="other")


def test_why_is_written_with_the_action_and_stands_on_the_case(client):
    case = CaseFactory()
    client.force_login(case.owner)
    plan = reverse("sparring:action_plan", args=[case.code])
    data = {
        "kind": "trial_day",
        "planned_for": timezone.localdate() + timedelta(days=3),
        "chosen_because": "other",
    }

    assert client.post(plan, data).status_code == 422
    answer = client.post(plan, {**data, "chosen_words": "Bussen kører til døren."})

    assert answer.status_code == 302
    page = client.get(reverse("sparring:case_detail", args=[case.code])).content.decode()
    assert "Bussen kører til døren." in page
