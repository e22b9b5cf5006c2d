"""Answers to a story: four kinds, what was changed is read first, no citizen in any of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from people.roles import Role
from stories.enums import ResponseKind, ResponseState
from stories.models import StoryResponse
from story_library.domain.responses import moderate_response, respond, withdraw_response
from tests.factories.people import EmployeeFactory
from tests.factories.stories import make_approver, make_draft, make_published
from tests.stories.pages import login, page, queries_of

pytestmark = pytest.mark.django_db


def test_there_are_four_answers_and_none_of_them_is_a_rating():
    assert ResponseKind.values == ["tried", "will_try", "changed", "thanks"]
    assert not {"stars", "value", "rating", "rank"} & {
        field.name for field in StoryResponse._meta.get_fields()
    }


def test_thanks_is_one_press_and_is_taken_back_by_another():
    story, client = make_published(), login(EmployeeFactory())
    address = reverse("stories:respond", args=[story.pk])

    assert client.post(address, {"kind": "thanks"}).status_code == 302
    assert "Tak (1)" in page(client, story.url)
    swapped = client.post(address, {"kind": "thanks"}, headers={"HX-Request": "true"})

    assert "Tak (1)" not in swapped.content.decode()
    assert StoryResponse.objects.count() == 0
    assert client.post(address, {"kind": "stjerner"}).status_code == 404


def test_what_happened_shows_at_once_with_first_name_and_municipality():
    story, visitor = make_published(), EmployeeFactory(first_name="Bo", last_name="Hemmelig")
    client = login(visitor)

    client.post(
        reverse("stories:write_response", args=[story.pk, "proevet"]),
        {"text": "Vi ringede i stedet for at skrive."},
    )

    html = page(login(EmployeeFactory()), story.url)
    assert "Vi ringede i stedet for at skrive." in html
    assert f"Bo, {visitor.municipality}" in html
    assert "Hemmelig" not in html


def test_what_was_changed_shows_when_a_moderator_has_read_it():
    story, writer, other = make_published(), EmployeeFactory(), EmployeeFactory()
    respond(actor=writer, story=story, kind="changed", text="Vi spørger nu tidligere.")

    assert "Vi spørger nu tidligere." not in page(login(other), story.url)
    assert "Vi spørger nu tidligere." in page(login(writer), story.url)
    moderator = make_approver()
    queue = page(login(moderator), reverse("stories:maintenance"))
    assert "Vi spørger nu tidligere." in queue
    response = StoryResponse.objects.get()
    login(moderator).post(reverse("stories:read_response", args=[response.pk]), {"show": "yes"})

    assert "Vi spørger nu tidligere." in page(login(other), story.url)


def test_a_refusal_has_a_reason_that_only_the_writer_sees():
    story, writer, moderator = make_published(), EmployeeFactory(), make_approver()
    response = respond(actor=writer, story=story, kind="changed", text="Alt er nyt.")
    address = reverse("stories:read_response", args=[response.pk])

    assert login(moderator).post(address, {"reason": " "}).status_code == 422
    login(moderator).post(address, {"reason": "Sig hvad der er nyt."})

    assert "Sig hvad der er nyt." in page(login(writer), story.url)
    assert "Alt er nyt." not in page(login(EmployeeFactory()), story.url)


def test_nobody_moderates_their_own_answer():
    writer = make_approver()
    response = respond(
        actor=writer, story=make_published(), kind="changed", text="Vi spørger nu tidligere."
    )

    with pytest.raises(PermissionDenied):
        moderate_response(actor=writer, response=response, show=True)
    with pytest.raises(PermissionDenied):
        moderate_response(
            actor=EmployeeFactory(roles=[Role.CASEWORKER]), response=response, show=True
        )
    assert "spørger nu" not in page(login(writer), reverse("stories:maintenance"))


def test_the_database_shows_no_change_that_nobody_read():
    response = respond(
        actor=EmployeeFactory(), story=make_published(), kind="changed", text="Noget nyt."
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        StoryResponse.objects.filter(pk=response.pk).update(state=ResponseState.SHOWN)
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryResponse.objects.filter(pk=response.pk).update(
            state=ResponseState.SHOWN, read_by=response.employee_id
        )


def test_a_phone_number_is_refused_beside_the_field_and_the_text_is_kept():
    story, client = make_published(), login(EmployeeFactory())

    response = client.post(
        reverse("stories:write_response", args=[story.pk, "proevet"]),
        {"text": "Ring til hende på 20 12 34 56 og spørg."},
    )

    assert response.status_code == 422
    html = response.content.decode()
    assert "20 12 34 56 og spørg." in html
    assert "form-error" in html
    assert not StoryResponse.objects.exists()


def test_what_the_check_only_warns_about_waits_for_a_moderator():
    response = respond(
        actor=EmployeeFactory(),
        story=make_published(),
        kind="tried",
        text="Vi mødtes på Lyngvej og talte om det.",
    )

    assert response.state == ResponseState.WAITING


@pytest.mark.parametrize("days", [-1, 400])
def test_a_plan_lies_within_the_next_year(days):
    day = timezone.localdate() + timedelta(days=days)

    with pytest.raises(ValidationError) as refused:
        respond(actor=EmployeeFactory(), story=make_published(), kind="will_try", planned_for=day)

    assert "planned_for" in refused.value.message_dict


def test_an_answer_written_again_replaces_the_first():
    story, writer = make_published(), EmployeeFactory()
    respond(actor=writer, story=story, kind="tried", text="Første forsøg gik skævt.")

    respond(actor=writer, story=story, kind="tried", text="Andet forsøg lykkedes.")

    assert StoryResponse.objects.get().text == "Andet forsøg lykkedes."
    assert withdraw_response(actor=writer, story=story, kind="tried") is True
    assert withdraw_response(actor=writer, story=story, kind="tried") is False


def test_nobody_answers_what_they_may_not_read():
    draft, stranger = make_draft(), EmployeeFactory()

    with pytest.raises(PermissionDenied):
        respond(actor=stranger, story=draft, kind="thanks")
    for address in (
        reverse("stories:respond", args=[draft.pk]),
        reverse("stories:write_response", args=[draft.pk, "proevet"]),
    ):
        assert login(stranger).post(address, {"kind": "thanks"}).status_code == 404


def test_three_answers_cost_as_many_queries_as_one():
    story, client = make_published(), login(EmployeeFactory())
    client.get(story.url)  # sessions and content types are warm

    counts = []
    for number in (1, 2, 3):
        respond(actor=EmployeeFactory(), story=story, kind="tried", text=f"Forsøg {number}.")
        counts.append(queries_of(client, story.url))

    assert counts[0] == counts[2]
