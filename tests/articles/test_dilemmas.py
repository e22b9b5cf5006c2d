"""What employees most agree with: one answer each, no verdict, and counts only from five."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from articles.domain.dilemmas import answer_dilemma, withdraw_answer
from articles.models import DilemmaAnswer
from articles.queries.dilemmas import dilemma_of, dilemmas_of
from privacy.models import AuditEntry
from tests.factories.articles import theme_with_dilemma
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme():
    return theme_with_dilemma("Handle nu", "Vente og se", is_open=True)


def key_of(theme):
    return dilemmas_of(theme)[0].key


def answered(theme, *numbers, reason=""):
    """So many answers at each position, in the order of the positions."""
    dilemma = dilemmas_of(theme)[0]
    for position, number in zip(dilemma.positions, numbers, strict=True):
        for _each in range(number):
            answer_dilemma(
                actor=EmployeeFactory(),
                theme=theme,
                dilemma=dilemma.key,
                position=position.key,
                reason=reason,
            )
    return dilemma_of(theme, dilemma.key)


@pytest.mark.parametrize(
    ("numbers", "total", "counts"),
    [
        ((0, 0), None, [None, None]),
        ((4, 0), None, [None, None]),
        ((5, 0), 5, [None, None]),
        ((3, 2), 5, [None, None]),
        ((9, 4), 13, [None, None]),
        ((5, 5), 10, [5, 5]),
        ((6, 5), 11, [6, 5]),
    ],
)
def test_counts_are_shown_only_from_five(theme, numbers, total, counts):
    dilemma = answered(theme, *numbers)

    assert dilemma.total == total
    assert [position.count for position in dilemma.positions] == counts
    assert dilemma.has_counts is (counts[0] is not None)


def test_reasons_are_shown_only_from_five_and_in_no_order_of_people(theme):
    four = answered(theme, 4, 0, reason="Fordi tiden går.")
    five = answered(theme, 1, 0, reason="Alt tager tid.")

    assert four.reasons is None
    assert five.reasons == ("Alt tager tid.", *["Fordi tiden går."] * 4)


def test_an_answer_is_changed_on_its_page_and_taken_back(client, theme):
    employee = EmployeeFactory()
    client.force_login(employee)
    dilemma = dilemmas_of(theme)[0]
    first, second = dilemma.positions
    address = reverse("articles:dilemma", args=[theme.slug, dilemma.key])

    client.post(address, {"position": str(first.key), "reason": "Fordi tiden går."})
    client.post(address, {"position": str(second.key), "reason": ""})
    page = client.get(address).content.decode()

    answer = DilemmaAnswer.objects.get()
    assert (answer.employee, answer.position, answer.reason) == (employee, second.key, "")
    assert "Vises, når mindst fem har svaret." in page
    assert "facit" in page

    client.post(address, {"withdraw": "1"})
    assert not DilemmaAnswer.objects.exists()
    assert not withdraw_answer(actor=employee, theme=theme, dilemma=dilemma.key)


def test_the_page_shows_the_spread_once_it_may(client, theme):
    answered(theme, 6, 5)
    client.force_login(EmployeeFactory())

    page = client.get(
        reverse("articles:dilemma", args=[theme.slug, key_of(theme)])
    ).content.decode()

    assert "6 af 11" in page
    assert "5 af 11" in page


def test_the_page_says_why_a_spread_is_not_shown(client, theme):
    answered(theme, 4, 3)
    client.force_login(EmployeeFactory())

    page = client.get(
        reverse("articles:dilemma", args=[theme.slug, key_of(theme)])
    ).content.decode()

    assert "7 har svaret." in page
    assert "mindst fem ved hver holdning" in page
    assert "4 af 7" not in page


@pytest.mark.parametrize(
    ("reason", "field"), [("Jens Hansen sagde det.", "reason"), ("Om 010180-1234.", "reason")]
)
def test_a_reason_shows_nobody(client, theme, reason, field):
    client.force_login(EmployeeFactory())
    dilemma = dilemmas_of(theme)[0]

    answer = client.post(
        reverse("articles:dilemma", args=[theme.slug, dilemma.key]),
        {"position": str(dilemma.positions[0].key), "reason": reason},
    )

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}


def test_an_unknown_dilemma_and_an_unknown_position(client, theme):
    client.force_login(EmployeeFactory())
    key = key_of(theme)

    unknown = client.get(reverse("articles:dilemma", args=[theme.slug, uuid4()]))
    foreign = client.post(
        reverse("articles:dilemma", args=[theme.slug, key]), {"position": str(uuid4())}
    )

    assert unknown.status_code == 404
    assert foreign.status_code == 422
    with pytest.raises(ValidationError, match="Vælg igen"):
        answer_dilemma(actor=EmployeeFactory(), theme=theme, dilemma=key, position=uuid4())


def test_the_database_keeps_one_answer_for_each(theme):
    employee, key = EmployeeFactory(), key_of(theme)
    row = {"theme": theme, "dilemma": key, "employee": employee}
    DilemmaAnswer.objects.create(position=uuid4(), **row)

    with pytest.raises(IntegrityError, match="dilemma_answered_once"), transaction.atomic():
        DilemmaAnswer.objects.create(position=uuid4(), **row)


def test_the_log_does_not_say_which_position(theme):
    answered(theme, 1, 0, reason="Fordi tiden går.")

    entry = AuditEntry.objects.get(action="dilemma.answer")
    position = DilemmaAnswer.objects.get().position
    assert str(position) not in str(vars(entry))
    assert "tiden går" not in str(vars(entry))


def test_employees_find_the_dilemmas_on_the_theme_and_visitors_do_not(client, theme):
    link = reverse("articles:dilemma", args=[theme.slug, key_of(theme)])

    anonymous = client.get(theme.url).content.decode()
    answered(theme, 5, 0)
    client.force_login(EmployeeFactory())
    inside = client.get(theme.url).content.decode()

    assert link not in anonymous
    assert link in inside
    assert "5 svar" in inside
    assert client.get(link).status_code == 200
    client.logout()
    assert client.get(link).status_code == 302
