"""The pages: who gets in, what they show, keep when something is wrong, and cost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from kb.models import KeyFigure
from people.roles import Role
from sparring.models import TargetGroup
from stories.domain import review
from stories.enums import Scope, State, Tick
from stories.models import StoryPage
from tests.factories.people import EmployeeFactory
from tests.factories.sources import SourceFactory
from tests.factories.stories import (
    make_approver,
    make_consented,
    make_draft,
    make_home,
    make_in_review,
    make_opened,
    make_published,
    make_theme,
)
from tests.stories.pages import login, page, queries_of

pytestmark = pytest.mark.django_db


def step_data(story, step, **changes):
    """The fields of a page as the browser would send them."""
    html = page(login(story.author), reverse("stories:step", args=[story.pk, step]))
    data = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', html))
    data.pop("csrfmiddlewaretoken", None)
    return data | changes


# The list.


@pytest.mark.parametrize(
    ("view", "make", "expected"),
    [("stories:index", make_published, 12), ("stories:mine", make_draft, 7)],
)
def test_a_list_costs_the_same_with_one_and_three(view, make, expected):
    author = EmployeeFactory()
    client, address = login(author), reverse(view)
    make(author)
    with_one = queries_of(client, address)
    make(author)
    make(author)

    assert queries_of(client, address) == with_one == expected


def test_the_queue_costs_the_same_with_one_and_three():
    client = login(make_approver())
    make_in_review()
    make_published(scopes=(Scope.INTERNAL, Scope.OPEN))
    with_one = queries_of(client, reverse("stories:queue"))
    for _number in range(2):
        make_in_review()
        make_published(scopes=(Scope.INTERNAL, Scope.OPEN))

    with_three = queries_of(client, reverse("stories:queue"))

    assert with_three == with_one == 7


def test_a_storys_page_costs_the_same_beside_one_and_three_others():
    client, theme = login(EmployeeFactory()), make_theme()
    story = make_published(themes=[theme])
    make_published(themes=[theme])
    with_one = queries_of(client, story.url)
    make_published(themes=[theme])
    make_published(themes=[theme])

    with_three = queries_of(client, story.url)

    assert with_three == with_one == 31


def test_the_list_shows_published_stories_only():
    shown, hidden = make_published(title="Den delte"), make_draft(title="Den skjulte")

    html = page(login(EmployeeFactory()), reverse("stories:index"))

    assert shown.title in html
    assert hidden.title not in html
    assert "1 historie" in html


def test_a_visitor_sees_what_is_open_only(client):
    opened, internal = make_opened(title="Den åbne"), make_published(title="Den interne")

    html = page(client, reverse("stories:index"))

    assert opened.title in html
    assert internal.title not in html
    assert "Fortæl en historie" not in html
    assert page(client, opened.url)
    assert client.get(internal.url)["Location"].startswith("/konto/login/")


def test_filters_are_in_the_address_and_counted():
    TargetGroup.objects.create(code="jobparat", label="Jobparat")
    theme = make_theme(8, "Tro uden handling")
    first = make_published(title="Først", themes=[theme], target_group="jobparat")
    second = make_published(title="Dernæst", outcome="not_succeeded")

    html = page(login(EmployeeFactory()), "/historier/?tema=8&maalgruppe=jobparat")

    assert first.title in html
    assert second.title not in html
    assert 'Jobparat <span class="facets__count">(1)</span>' in html
    assert 'href="?maalgruppe=jobparat"' in html
    assert page(login(EmployeeFactory()), "/historier/?tema=999&page=77&ukendt=1")


def test_a_list_is_kept_by_no_cache():
    story = make_published()
    client = login(EmployeeFactory())

    assert "no-store" in client.get(reverse("stories:index"))["Cache-Control"]
    assert "no-store" in client.get(story.url)["Cache-Control"]


# The story's page.


def test_a_success_stands_beside_the_base_rate():
    KeyFigure.objects.create(
        key="basistal",
        statement="Ca. 6 ud af 100 kom i gang inden for et år.",
        unit="percent",
        population="Udsatte borgere i BIP",
        comparison="Ingen",
        horizon="12 måneder",
        adjustment="raw",
        source=SourceFactory(title="Vejledning om BIP"),
        reading_a="Få.",
        reading_b="Ikke ingen.",
        live=True,
    )
    success, failure = make_published(), make_published(outcome="not_succeeded")
    client = login(EmployeeFactory())

    html = page(client, success.url)

    for text in ("Ca. 6 ud af 100", "Udsatte borgere i BIP", "Vejledning om BIP", "kan ske"):
        assert text in html
    assert "Ca. 6 ud af 100" not in page(client, failure.url)


def test_the_page_shows_what_a_colleague_needs():
    story = make_published(target_group="aktivitetsparat")

    html = unescape(page(login(EmployeeFactory()), story.url))

    for text in (
        story.hard,
        story.turning_point,
        "Et besøg",
        story.quote,
        story.would_do_differently,
        story.try_tomorrow[0],
        "Anonymiseret",
        "Virksomhedspraktik",
        "Sagsbehandler: fra 3 til 6 ud af 10.",
    ):
        assert text in html
    assert story.author.first_name not in html


def test_a_text_is_escaped():
    story = make_published(hard="<script>alert(1)</script> og vi ventede.")

    html = page(login(EmployeeFactory()), story.url)

    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_theme_shows_its_stories():
    theme = make_theme()
    story = make_published(themes=[theme])
    hidden = make_draft(themes=[theme])

    html = page(login(EmployeeFactory()), theme.url)

    assert story.title in html
    assert hidden.title not in html


# Writing.


def test_a_story_is_begun_with_one_button():
    make_home()
    client = login(EmployeeFactory())

    response = client.post(reverse("stories:new"), {"title": "Da hun ringede"})

    story = StoryPage.objects.get()
    assert response["Location"] == f"/historier/kladde/{story.pk}/historien/"
    assert story.title == "Da hun ringede"


def test_a_title_with_a_cpr_number_is_refused_and_kept():
    make_home()

    response = login(EmployeeFactory()).post(reverse("stories:new"), {"title": "Hans 010190-1234"})

    assert response.status_code == 422
    assert "Hans 010190-1234" in response.content.decode()
    assert StoryPage.objects.count() == 0


@pytest.mark.parametrize("step", ["historien", "vendepunktet", "laeringen", "find-den"])
def test_a_page_sent_unchanged_changes_nothing(step):
    story = make_consented()
    client = login(story.author)
    address = reverse("stories:step", args=[story.pk, step])
    form = client.get(address).context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        if value not in (None, ""):
            data[bound.html_name] = value

    response = client.post(address, data)

    assert response.status_code == 302
    story.refresh_from_db()
    assert story.state == State.CONSENT


def test_saving_while_typing_answers_time_and_version():
    story = make_draft()
    address = reverse("stories:step", args=[story.pk, "historien"])
    data = step_data(story, "historien", hard="Jeg ventede.")

    response = login(story.author).post(address, data, headers={"X-Autosave": "1"})

    story.refresh_from_db()
    assert story.hard == "Jeg ventede."
    assert response.json()["fields"] == {"version": story.version}
    assert re.fullmatch(r"\d\d\.\d\d", response.json()["saved_at"])


def test_two_windows_are_a_conflict_and_nothing_is_lost():
    story = make_draft()
    address = reverse("stories:step", args=[story.pk, "historien"])
    data = step_data(story, "historien", hard="Fra det ene vindue.")
    client = login(story.author)
    client.post(address, data)

    autosave = client.post(address, data | {"hard": "Fra det andet."}, headers={"X-Autosave": "1"})
    button = client.post(address, data | {"hard": "Fra det andet."})

    assert autosave.status_code == 409
    assert button.status_code == 409
    assert "Fra det andet." in button.content.decode()
    assert StoryPage.objects.get(pk=story.pk).hard == "Fra det ene vindue."


@pytest.mark.parametrize(
    ("step", "field", "value"),
    [
        ("historien", "title", "Hans 010190-1234"),
        ("historien", "teaser", "Hans 010190-1234"),
        ("historien", "hard", "Hans 010190-1234"),
        ("vendepunktet", "turning_point", "Hans 010190-1234"),
        ("vendepunktet", "quote", "Hans 010190-1234"),
        ("vendepunktet", "step_1_title", "Hans 010190-1234"),
        ("vendepunktet", "step_1_text", "Hans 010190-1234"),
        ("laeringen", "would_do_differently", "Hans 010190-1234"),
        ("laeringen", "try_1", "Hans 010190-1234"),
        ("find-den", "tags", "hans 010190-1234"),
    ],
)
def test_a_cpr_number_is_refused_in_every_field_and_kept_on_screen(step, field, value):
    story = make_draft()
    address = reverse("stories:step", args=[story.pk, step])
    data = step_data(story, step) | {field: value}
    client = login(story.author)

    autosave = client.post(address, data, headers={"X-Autosave": "1"})
    button = client.post(address, data)

    assert autosave.status_code == 422
    assert "CPR-nummer" in autosave.json()["error"]
    assert button.status_code == 422
    assert value in button.content.decode()
    assert field in button.context["form"].errors


@pytest.mark.parametrize(
    ("step", "changes", "field"),
    [
        ("laeringen", {"share_citizens": "50"}, "share_efforts"),
        ("laeringen", {"share_staff": "101"}, "share_staff"),
        ("laeringen", {"citizen_3": ""}, "citizen_3"),
        ("vendepunktet", {"step_2_text": "Uden overskrift"}, "step_2_title"),
        ("find-den", {"tags": ",".join(f"m{n}" for n in range(9))}, "tags"),
        ("find-den", {"guidepost": "0"}, "guidepost"),
        ("historien", {"title": "x" * 121}, "title"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(step, changes, field):
    story = make_draft()
    client = login(story.author)
    address = reverse("stories:step", args=[story.pk, step])
    form = client.get(address).context["form"]
    data = {b.html_name: b.value() for b in form if b.value() not in (None, "")}

    response = client.post(address, data | changes)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


@pytest.mark.parametrize("name", ["draft", "check", "consent", "discard", "withdraw"])
def test_a_strangers_draft_does_not_exist(name):
    story = make_draft()
    stranger = login(EmployeeFactory())
    step = reverse("stories:step", args=[story.pk, "historien"])

    assert stranger.get(reverse(f"stories:{name}", args=[story.pk])).status_code == 404
    assert stranger.get(step).status_code == 404


def test_the_live_check_marks_explains_and_suggests_and_stores_nothing():
    story = make_draft()
    before = StoryPage.objects.filter(pk=story.pk).values().get()

    html = (
        login(story.author)
        .post(
            reverse("stories:check_text", args=[story.pk]),
            {"hard": "Ring til 010190-1234 i dag"},
            headers={"HX-Request": "true", "HX-Trigger-Name": "hard"},
        )
        .content.decode()
    )

    assert "<mark>010190-1234</mark>" in html
    assert "Det her skal ændres" in html
    assert StoryPage.objects.filter(pk=story.pk).values().get() == before


def test_the_check_page_names_what_is_missing_and_leads_there():
    story = make_draft(would_do_differently="")

    html = page(login(story.author), reverse("stories:check", args=[story.pk]))

    assert "Hvad vi ville gøre anderledes" in html
    assert f"/historier/kladde/{story.pk}/laeringen/" in html


def test_from_check_to_sending_in_the_browsers_forms():
    story, reviewer = make_draft(), make_approver()
    client = login(story.author)
    check = reverse("stories:check", args=[story.pk])
    consent = reverse("stories:consent", args=[story.pk])

    assert client.post(check, {"ticks": Tick.values[:3]}).status_code == 422
    assert client.post(check, {"ticks": Tick.values})["Location"] == consent
    assert client.post(consent, {"send": "1"}).status_code == 302
    assert StoryPage.objects.get(pk=story.pk).state == State.CONSENT
    client.post(consent, {"party": "citizen", "scopes": ["internal"], "given_on": "2026-01-05"})
    client.post(consent, {"send": "1"})
    assert StoryPage.objects.get(pk=story.pk).state == State.READING

    queue = page(login(reviewer), reverse("stories:queue"))
    assert story.title in queue


def test_a_consent_of_tomorrow_is_refused_and_kept():
    story = make_draft()

    response = login(story.author).post(
        reverse("stories:consent", args=[story.pk]),
        {"party": "citizen", "scopes": ["internal"], "given_on": "2999-01-01"},
    )

    assert response.status_code == 422
    assert "2999-01-01" in response.content.decode()


# Reading.


def test_the_reader_approves_and_the_author_sees_it():
    story, reviewer = make_in_review(), make_approver()
    client = login(reviewer)
    address = reverse("stories:review", args=[story.pk])
    digest = client.get(address).context["form"]["digest"].value()

    response = client.post(address, {"digest": digest, "approve": "1"})

    assert response["Location"] == reverse("stories:queue")
    story.refresh_from_db()
    assert story.live is True
    assert story.title in page(login(story.author), reverse("stories:mine"))


def test_the_reader_sends_back_with_a_reason_and_the_author_reads_it():
    story, reviewer = make_in_review(), make_approver()
    client = login(reviewer)
    address = reverse("stories:review", args=[story.pk])
    digest = client.get(address).context["form"]["digest"].value()

    assert client.post(address, {"digest": digest, "send_back": "1"}).status_code == 422
    client.post(address, {"digest": digest, "send_back": "1", "reason": "Skriv årstiden."})

    author = login(story.author)
    assert "Skriv årstiden." in page(author, reverse("stories:mine"))
    step = reverse("stories:step", args=[story.pk, "historien"])
    assert "Skriv årstiden." in page(author, step)


@pytest.mark.parametrize("who", ["author", "coordinator"])
def test_who_may_not_read_does_not_find_the_story(who):
    author = make_approver()
    story = make_in_review(author)
    reviewer = author if who == "author" else EmployeeFactory(roles=[Role.COORDINATOR])

    response = login(reviewer).get(reverse("stories:review", args=[story.pk]))

    assert response.status_code == (404 if who == "author" else 403)


def test_a_second_reader_opens():
    story = make_published(scopes=(Scope.INTERNAL, Scope.OPEN))
    client = login(make_approver())
    address = reverse("stories:review", args=[story.pk])
    digest = client.get(address).context["form"]["digest"].value()

    client.post(address, {"digest": digest, "open": "1"})

    story.refresh_from_db()
    assert story.is_open is True


# Afterwards.


def test_a_withdrawal_asks_first():
    story = make_published()
    client = login(story.author)
    address = reverse("stories:withdraw", args=[story.pk])

    assert "kan ikke hentes igen" in page(client, address)
    assert StoryPage.objects.get(pk=story.pk).live is True
    client.post(address)

    assert client.get(story.url).status_code == 404


def test_a_new_text_begins_from_the_page():
    story = make_published()

    response = login(story.author).post(reverse("stories:revise", args=[story.pk]))

    draft = StoryPage.objects.get(revises=story)
    assert response["Location"] == reverse("stories:draft", args=[draft.pk])
    assert login(EmployeeFactory()).get(story.url).status_code == 200


def test_a_draft_is_deleted_after_a_question():
    story = make_draft()
    client = login(story.author)
    address = reverse("stories:discard", args=[story.pk])
    assert story.title in page(client, address)

    client.post(address)

    assert not StoryPage.objects.filter(pk=story.pk).exists()


def test_the_mail_is_danish():
    story = make_in_review()
    review.send_back(actor=make_approver(), story=story, reason="Skriv årstiden.")

    text = render_to_string(
        "stories/mail/decision.txt",
        {"employee": story.author, "sent_back": True, "opened": False, "address": "X"},
    )

    assert "En kollega har læst din historie" in text
