"""At least five known citizens share a story's facts, and small numbers are never shown."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring.models import TargetGroup
from stories.anonymity import anonymity_set as pure
from stories.anonymity.anonymity_set import CaseCodes, count_anonymity_set, register_caseload
from stories.domain import authoring, checking, review
from stories.domain.anonymity_set import anonymity_set_of
from stories.enums import ActionKind, Scope, Tick
from tests.factories.people import EmployeeFactory
from tests.factories.sparring import CaseFactory
from tests.factories.stories import (
    give_consent,
    make_approver,
    make_draft,
    make_in_review,
    make_published,
)
from tests.stories.pages import login, page

ALIKE = CaseCodes("aktivitetsparat", "phone", frozenset({"placement"}))
AGELESS = {"age_band": "", "hard": "En kvinde havde ventet længe, og vi med hende."}
OTHER = CaseCodes("jobparat", "walk", frozenset({"health"}))


def similar(**changes):
    facts = {
        "target_group": "aktivitetsparat",
        "contact_form": "phone",
        "action_kinds": ["placement"],
        "has_age": False,
    }
    return count_anonymity_set(municipality_id=1, **(facts | changes))


def test_five_are_enough_and_four_are_not(caseload):
    caseload += [ALIKE] * 4 + [OTHER] * 20
    assert similar().is_enough is False
    assert similar().is_small is True

    caseload.append(ALIKE)

    assert similar() == (5, 5, ())


def test_an_age_takes_three_times_as_many(caseload):
    caseload += [ALIKE] * 14
    assert similar(has_age=True) == (14, 15, ("age_band",))
    assert similar().is_enough is True

    caseload.append(ALIKE)

    assert similar(has_age=True).is_enough is True


def test_as_few_facts_as_needed_have_to_go(caseload):
    caseload += [ALIKE] * 6

    assert similar(action_kinds=["health"]).drop == ("health",)
    assert similar(contact_form="video").drop == ("contact_form",)
    assert similar(has_age=True, contact_form="video").drop == ("age_band", "contact_form")


def test_kinds_of_one_field_are_alike_and_other_is_in_none(caseload):
    caseload += [ALIKE] * 5

    assert similar(action_kinds=["trial_day", "other"]).is_enough is True
    assert similar(action_kinds=["trial_day", "wage_subsidy"]) == (5, 5, ())
    assert similar(action_kinds=["health"]).is_enough is False
    assert similar(action_kinds=["other"]).is_enough is True


def test_a_case_must_share_every_field_of_the_storys_actions(caseload):
    both = ALIKE._replace(action_kinds=frozenset({"placement", "health"}))
    caseload += [ALIKE] * 5 + [both] * 4
    kinds = ["placement", "health", "doctor_meeting", "trial_day"]

    assert similar(action_kinds=kinds) == (4, 5, ("health", "doctor_meeting"))

    caseload.append(both)
    assert similar(action_kinds=kinds) == (5, 5, ())


def test_every_kind_of_action_but_other_has_a_field():
    assert set(pure.ACTION_FIELDS) == set(ActionKind.values) - {"other"}


def test_a_story_without_facts_points_at_nobody(caseload):
    caseload += [OTHER]

    assert similar(target_group="", contact_form="", action_kinds=["other"]).is_enough is True


def test_where_no_case_is_known_nothing_is_counted(caseload):
    assert similar() == (None, 5, ())


@given(
    kinds=st.lists(st.sampled_from(["placement", "health", "course"]), unique=True),
    rows=st.lists(
        st.builds(
            CaseCodes,
            st.sampled_from(["a", "b"]),
            st.sampled_from(["phone", "walk"]),
            st.frozensets(st.sampled_from(["placement", "health", "course"])),
        ),
        min_size=1,
        max_size=30,
    ),
)
@settings(max_examples=150)
def test_what_is_told_to_go_is_enough(kinds, rows):
    before = list(pure._providers)
    register_caseload(lambda _municipality: rows)
    try:
        facts = {"target_group": "a", "contact_form": "phone", "has_age": False}
        found = similar(action_kinds=kinds, **facts)
        kept = facts | {name: "" for name in found.drop if name in facts}
        left = [kind for kind in kinds if kind not in found.drop]
        assert similar(action_kinds=left, **kept).is_enough
    finally:
        pure._providers[:] = before


# With the cases of the case half.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("En kvinde i 40'erne havde ventet.", True),
        ("En mand i starten af 30’erne kom.", True),
        ("Han er i halvtredserne.", True),
        ("En 47-årig mand ringede.", True),
        ("Hun er 52 år gammel.", True),
        ("Hun havde ventet i 10 år, siden 90'erne.", False),
        ("Vi mødtes 20 gange i årets løb.", False),
    ],
)
def test_an_age_in_the_text_is_an_age(text, expected):
    assert pure.tells_age(text) is expected


@pytest.mark.django_db
def test_leaving_the_age_out_of_the_facts_alone_is_not_enough(caseload):
    caseload += [ALIKE] * 5
    story = make_draft(age_band="")

    assert anonymity_set_of(story) == (5, 15, ("age_band",))
    address = reverse("stories:check", args=[story.pk])
    assert "Alderen står også i teksten" in page(login(story.author), address)

    assert anonymity_set_of(make_draft(**AGELESS)) == (5, 5, ())


@pytest.mark.django_db
def test_the_cases_of_the_municipality_are_counted_as_codes():
    author = EmployeeFactory()
    group = TargetGroup.objects.create(code="aktivitetsparat", label="Aktivitetsparat")
    for _number in range(3):
        CaseFactory(owner=author, unit=author.unit, target_group=group, contact_form="phone")
    CaseFactory(target_group=group, contact_form="phone")  # elsewhere
    story = make_draft(author, action_kinds=["other"], **AGELESS)

    assert anonymity_set_of(story).alike == 3

    for _number in range(2):
        CaseFactory(owner=author, unit=author.unit, target_group=group, contact_form="phone")
    assert anonymity_set_of(story) == (5, 5, ())


@pytest.mark.django_db
def test_a_story_that_fits_too_few_is_not_sent(caseload):
    caseload += [ALIKE] * 4
    story = make_draft(**AGELESS)
    checking.submit_for_check(actor=story.author, story=story)

    with pytest.raises(ValidationError) as refused:
        checking.confirm_unrecognisable(actor=story.author, story=story, ticks=Tick.values)
    assert refused.value.code == "anonymity_set"

    caseload.append(ALIKE)
    checking.confirm_unrecognisable(actor=story.author, story=story, ticks=Tick.values)
    give_consent(story)
    caseload.pop()
    with pytest.raises(ValidationError):
        review.submit_for_review(actor=story.author, story=story)


def _refused(verb, story, reviewer):
    with pytest.raises(ValidationError) as refused:
        verb(actor=reviewer, story=story)
    return refused.value.code == "anonymity_set"


@pytest.mark.django_db
def test_a_story_that_fits_too_few_by_now_is_not_published(caseload):
    caseload += [ALIKE] * 5
    story = make_in_review(**AGELESS, scopes=(Scope.INTERNAL, Scope.OPEN))
    caseload.pop()
    assert _refused(review.approve, story, make_approver())

    caseload.append(ALIKE)
    story = review.approve(actor=make_approver(), story=story)
    caseload.pop()
    assert _refused(review.open_to_everybody, story, make_approver())


@pytest.mark.django_db
def test_a_new_text_with_facts_that_fit_too_few_is_not_published(caseload):
    caseload += [ALIKE] * 5
    story = make_published(**AGELESS, target_group="")
    author = story.author
    draft = authoring.revise_story(actor=author, story=story)
    values = {"target_group": ALIKE.target_group}
    draft = authoring.save_draft(actor=author, story=draft, values=values)
    checking.submit_for_check(actor=author, story=draft)
    checking.confirm_unrecognisable(actor=author, story=draft, ticks=Tick.values)
    give_consent(draft)
    draft = review.submit_for_review(actor=author, story=draft)
    caseload[0] = OTHER

    assert _refused(review.approve, draft, make_approver())
    story.refresh_from_db()
    assert story.target_group == ""


@pytest.mark.django_db
def test_the_page_shows_how_many_and_never_a_small_number(caseload):
    caseload += [ALIKE] * 3 + [OTHER] * 6
    story = make_draft(**AGELESS)
    address = reverse("stories:check", args=[story.pk])

    html = page(login(story.author), address)
    assert "færre end 5" in html
    assert "<strong>3</strong>" not in html
    assert "Udelad dette, så er der nok" in html

    caseload += [ALIKE] * 4
    assert "<strong>7</strong>" in page(login(story.author), address)


@pytest.mark.django_db
def test_the_reader_sees_it_too(caseload):
    caseload += [ALIKE] * 8
    story = make_in_review(**AGELESS)

    html = page(login(make_approver()), reverse("stories:review", args=[story.pk]))

    assert "Så mange ligner denne" in html
