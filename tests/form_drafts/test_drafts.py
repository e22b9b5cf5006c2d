"""The verbs of drafts, what the database refuses, and two pages that save at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from form_drafts.domain.drafts import (
    FormPlace,
    Typed,
    TypedElsewhere,
    drop_draft,
    forget_drafts_about,
    forget_drafts_of,
    keep_draft,
)
from form_drafts.models import FormDraft
from tests.factories.people import EmployeeFactory

PLACE = FormPlace("sparring:belief_register", "code=AB-0001", "case:1")


def keep(actor, text, version=0, page="a", place=PLACE):
    return keep_draft(actor=actor, place=place, typed=Typed({"word": [text]}, version, page))


def row(actor, **values):
    return FormDraft(
        **{
            "employee": actor,
            "form": "a:form",
            "values": {},
            "version": 1,
            "written_on": "a",
            "saved_at": timezone.now(),
            **values,
        }
    )


@pytest.mark.django_db
def test_each_save_counts_one_on():
    actor = EmployeeFactory()

    assert [keep(actor, text, number).version for number, text in enumerate("abc")] == [1, 2, 3]
    assert FormDraft.objects.get().values == {"word": ["c"]}


@pytest.mark.django_db
def test_people_and_forms_have_drafts_of_their_own():
    one, other = EmployeeFactory(), EmployeeFactory()
    keep(one, "mit")
    keep(other, "dit")
    keep(one, "andet", place=FormPlace("sparring:belief_register", "code=AB-0002"))

    assert FormDraft.objects.count() == 3
    assert drop_draft(actor=one, place=PLACE) == 1
    assert [draft.values["word"] for draft in FormDraft.objects.order_by("pk")] == [
        ["dit"],
        ["andet"],
    ]


@pytest.mark.django_db
def test_the_same_words_from_another_page_are_no_clash():
    actor = EmployeeFactory()
    keep(actor, "ord")

    assert keep(actor, "ord", version=0, page="b").version == 1


@pytest.mark.django_db
def test_other_words_from_another_page_change_nothing():
    actor = EmployeeFactory()
    keep(actor, "ord")

    with pytest.raises(TypedElsewhere) as clash:
        keep(actor, "andet", version=0, page="b")

    assert clash.value.draft.values == {"word": ["ord"]}
    assert FormDraft.objects.get().values == {"word": ["ord"]}
    assert keep(actor, "andet", version=1, page="b").version == 2


@pytest.mark.django_db
def test_a_page_that_outlived_its_draft_keeps_its_words():
    """The form was sent from another tab: what stands here is nobody's copy."""
    draft = keep(EmployeeFactory(), "ord", version=7)

    assert draft.version == 8


@pytest.mark.django_db
def test_a_draft_of_another_municipality_is_out_of_the_way():
    actor = EmployeeFactory()
    keep(actor, "ord")
    moved = EmployeeFactory()
    FormDraft.objects.update(municipality=moved.municipality_id)

    assert not FormDraft.objects.written_by(actor).exists()
    assert keep(actor, "andet", page="b").values == {"word": ["andet"]}


@pytest.mark.django_db
def test_forgetting_what_is_about_a_case_and_what_somebody_wrote():
    one, other = EmployeeFactory(), EmployeeFactory()
    keep(one, "a")
    keep(other, "b")
    elsewhere = FormPlace("sparring:belief_register", "code=AB-0002", "case:2")
    keep(one, "c", place=elsewhere)

    assert forget_drafts_about("case:1") == 2
    assert forget_drafts_about("case:1") == 0
    assert forget_drafts_of(other) == 0
    assert forget_drafts_of(one) == 1


@pytest.mark.django_db
def test_a_number_that_slipped_through_is_refused_by_the_verb():
    with pytest.raises(ValidationError):
        keep(EmployeeFactory(), "0 1 0 2 0 3 - 1 2 3 4")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values",
    [
        {"version": 0},
        {"form": ""},
        {"values": ["ord"]},
        {"values": {"word": ["010203-1234"]}},
        {"values": {"word": ["0102031234"]}},
        {"values": {"word": ["x" * 200_001]}},
    ],
)
def test_the_database_refuses(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        row(EmployeeFactory(), **values).save()


@pytest.mark.django_db
def test_the_database_holds_one_draft_of_a_form():
    actor = EmployeeFactory()
    row(actor).save()

    with pytest.raises(IntegrityError), transaction.atomic():
        row(actor).save()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("begun", [False, True])
def test_of_pages_that_save_at_once_one_wins_and_the_others_hear_of_it(begun):
    actor = EmployeeFactory()
    version = keep(actor, "begyndt", page="first").version if begun else 0
    pages, together = 6, Barrier(6)

    def save(number):
        together.wait()
        try:
            return keep(actor, f"side {number}", version, page=str(number)).version
        except TypedElsewhere as clash:
            return clash.draft.values["word"][0]
        finally:
            connection.close()

    with ThreadPoolExecutor(pages) as pool:
        answers = list(pool.map(save, range(pages)))

    stands = FormDraft.objects.get().values["word"][0]
    assert sorted(map(str, answers)) == sorted([str(version + 1)] + [stands] * (pages - 1))
