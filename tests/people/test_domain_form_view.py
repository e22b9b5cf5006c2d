"""The one way of writing a page with a form: every path through `DomainFormView`.

What only needs a form is asked of a small page here; the rest of pages of the product.
"""

from __future__ import annotations

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from people.domain_form_view import DomainFormView
from people.roles import Role
from sparring.bookings.domain.requests import request_sparring
from sparring.enums import ParticipantRole
from sparring.models import GuestAgreement
from sparring.plans.domain.make_plan import make_plan
from tests.factories.people import EmployeeFactory
from tests.factories.planning import Town, next_monday

pytestmark = pytest.mark.django_db


class WordForm(forms.Form):
    word = forms.CharField()
    day = forms.CharField(required=False)


class WordPage(DomainFormView):
    """A page whose verb notes what it was given, or refuses as the test says."""

    form_class = WordForm
    template_name = "components/form_errors.html"
    success_url = "/done/"
    done = "It is done."
    field_names = {"until": "day"}
    instead = None
    refusal = None
    calls = None

    def prepare(self):
        if isinstance(self.instead, Exception):
            raise self.instead
        return self.instead

    def act(self, form):
        if self.refusal is not None:
            raise self.refusal
        self.calls.append((self.employee, form.cleaned_data["word"]))


class Visit:
    """One request to the page: its answer, what the verb was given, and the messages."""

    def __init__(self, method="post", data=None, headers=None, **page):
        self.employee = EmployeeFactory.build()
        self.calls = []
        request = getattr(RequestFactory(), method)("/", data or {}, headers=headers)
        request.user, request.session = self.employee, {}
        request._messages = FallbackStorage(request)
        self.response = WordPage.as_view(**page, calls=self.calls)(request)
        self.messages = [str(message) for message in get_messages(request)]

    @property
    def form(self):
        return self.response.context_data["form"]


def test_get_shows_the_empty_form_and_calls_nothing():
    visit = Visit("get")

    assert visit.response.status_code == 200
    assert not visit.form.is_bound
    assert (visit.calls, visit.messages) == ([], [])


def test_an_invalid_form_is_shown_again_and_the_verb_is_not_asked():
    visit = Visit(data={"word": "", "day": "3"})

    assert visit.response.status_code == 422
    assert list(visit.form.errors) == ["word"]
    assert visit.form["day"].value() == "3"
    assert (visit.calls, visit.messages) == ([], [])


def test_a_valid_form_goes_to_the_verb_once_then_a_message_and_on():
    visit = Visit(data={"word": "kaffe"})

    assert visit.calls == [(visit.employee, "kaffe")]
    assert visit.messages == ["It is done."]
    assert (visit.response.status_code, visit.response["Location"]) == (302, "/done/")


def test_without_a_message_it_goes_on_in_silence():
    visit = Visit(data={"word": "kaffe"}, done="")

    assert (visit.response.status_code, visit.messages) == (302, [])


@pytest.mark.parametrize(
    ("refusal", "shown_at"),
    [
        (ValidationError("Not now."), "__all__"),
        (ValidationError({"word": "Not now."}), "word"),
        (ValidationError({"until": "Not now."}), "day"),  # the form calls it something else
        (ValidationError({"owner": "Not now."}), "__all__"),  # a field the form does not have
    ],
)
def test_what_the_verb_refuses_is_shown_at_its_field_and_what_was_typed_stays(refusal, shown_at):
    visit = Visit(data={"word": "kaffe", "day": "3"}, refusal=refusal)

    assert visit.response.status_code == 422
    assert visit.form.errors == {shown_at: ["Not now."]}
    assert (visit.form["word"].value(), visit.form["day"].value()) == ("kaffe", "3")
    assert visit.messages == []


def test_a_refusal_with_several_sentences_shows_them_all():
    refusal = ValidationError({"word": ["One.", "Two."], "until": "Three."})

    visit = Visit(data={"word": "kaffe"}, refusal=refusal)

    assert visit.form.errors == {"word": ["One.", "Two."], "day": ["Three."]}


@pytest.mark.parametrize("missing", [PermissionDenied("No."), Http404("Nothing.")])
def test_a_verb_that_finds_the_right_missing_is_no_fault_of_the_form(missing):
    with pytest.raises(type(missing)):
        Visit(data={"word": "kaffe"}, refusal=missing)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("missing", [PermissionDenied("No."), Http404("Nothing.")])
def test_who_may_not_see_the_page_reaches_neither_form_nor_verb(method, missing):
    with pytest.raises(type(missing)):
        Visit(method, {"word": "kaffe"}, instead=missing)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_with_nothing_to_ask_answers_something_else_instead(method):
    visit = Visit(method, {"word": "kaffe"}, instead=HttpResponse("elsewhere"))

    assert visit.response.content == b"elsewhere"
    assert (visit.calls, visit.messages) == ([], [])


@pytest.mark.parametrize(
    ("method", "data"), [("get", {}), ("post", {"word": ""}), ("post", {"word": "kaffe"})]
)
def test_no_answer_is_kept_by_a_cache(method, data):
    assert "no-store" in Visit(method, data).response["Cache-Control"]


@pytest.mark.parametrize(("data", "status"), [({"word": ""}, 422), ({"word": "kaffe"}, 302)])
def test_htmx_is_answered_as_a_browser_is(data, status):
    visit = Visit(data=data, headers={"HX-Request": "true"})

    assert visit.response.status_code == status


def test_a_page_without_a_verb_says_so():
    class Forgotten(DomainFormView):
        pass

    with pytest.raises(NotImplementedError):
        Forgotten().act(None)


def test_sent_twice_it_is_done_once_and_the_second_is_told_why(client):
    home, away = Town(colleagues=0), Town(colleagues=0)
    client.force_login(home.coordinator)
    page, choice = reverse("sparring:guests"), {"municipality": away.municipality.pk}

    first = client.post(page, choice)
    second = client.post(page, choice)

    assert (first.status_code, second.status_code) == (302, 422)
    assert GuestAgreement.objects.count() == 1
    assert second.context["form"].errors


def test_a_missing_right_is_refused_before_the_form(client):
    away = Town(colleagues=0)
    client.force_login(EmployeeFactory(roles=[Role.CASEWORKER]))

    answer = client.post(reverse("sparring:guests"), {"municipality": away.municipality.pk})

    assert answer.status_code == 403
    assert not GuestAgreement.objects.exists()


def test_what_speaks_against_it_is_shown_with_what_was_typed_and_done_when_confirmed(client):
    town = Town(colleagues=4)
    case, decliner = town.case(), town.colleagues[1]
    request = request_sparring(case=case, actor=case.owner, key_question="Hvad overser jeg?")
    request.declined_by.add(decliner)
    plan = make_plan(
        actor=town.coordinator, municipality=town.municipality, first_day=next_monday(), days=14
    )
    session = plan.sessions.get()
    others = session.participations.exclude(role=ParticipantRole.PRESENTER)
    leaving = others.get().employee
    client.force_login(town.coordinator)
    address = reverse("sparring:session_partner", args=[session.pk])
    choice = {"leaving": leaving.pk, "coming": decliner.pk}

    warned = client.post(address, choice)
    kept = others.get().employee
    done = client.post(address, {**choice, "confirmed": "1"})

    assert (warned.status_code, kept) == (422, leaving)
    assert dict(warned.context["hidden"]) == {name: str(pk) for name, pk in choice.items()}
    assert [str(decliner) in str(caution.text) for caution in warned.context["cautions"]] == [True]
    assert (done.status_code, others.get().employee) == (302, decliner)
