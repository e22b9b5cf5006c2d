"""The pages of sign-up: employees, guests by mail link, and what each may see."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from events.domain.sign_ups import cancel_sign_up, sign_up_employee
from events.links import guest_token
from events.models import EventIndexPage, SignUp
from events.tasks import mail_guest
from search.outbox import deliver_batch
from search.services import search_for
from tests.factories.events import after, coming_event, guest_of, signed_up
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
SECRET = "https://moede.example/hemmeligt-rum"


def login(employee=None):
    client = Client()
    client.force_login(employee or EmployeeFactory())
    return client


def at(name, *args):
    return reverse(f"events:{name}", args=args)


def ask(client, event, **more):
    values = {"name": "Ane Holm", "email": "ane@example.org", **more}
    return client.post(at("guest_form", event.pk), values)


def link_in_mail():
    """The guest's address in the newest mail that waits."""
    job = ProcrastinateJob.objects.filter(task_name="events.mail_guest").latest("id")
    mail_guest(**job.args)
    (line,) = [line for line in mail.outbox[-1].body.splitlines() if "/plads/" in line]
    return line.partition("/arrangementer")[1] + line.partition("/arrangementer")[2]


def text(response):
    return response.content.decode()


def test_two_clicks_sign_up_and_two_clicks_cancel():
    event, employee = coming_event(), EmployeeFactory()
    client = login(employee)

    assert at("sign_up", event.pk) in text(client.get(event.url))
    done = client.post(at("sign_up", event.pk), {"access_needs": "En rampe"}, follow=True)

    assert "Du er tilmeldt." in text(done)
    assert "Du har en plads." in text(done)
    assert SignUp.objects.get().access_needs == "En rampe"

    assert at("cancel", event.pk) in text(client.get(event.url))
    done = client.post(at("cancel", event.pk), follow=True)

    assert "Du har meldt afbud." in text(done)
    assert SignUp.objects.get().state == "cancelled"


def test_a_double_click_signs_up_once():
    event, client = coming_event(), login()

    for _ in range(2):
        client.post(at("sign_up", event.pk), {})

    assert event.sign_ups.count() == 1


def test_cancelling_twice_says_one_clear_sentence():
    event, client = coming_event(), login()
    client.post(at("sign_up", event.pk), {})
    client.post(at("cancel", event.pk))

    done = client.post(at("cancel", event.pk), follow=True)

    assert text(done).count("Du har allerede meldt afbud.") == 1


def test_the_page_says_which_number_one_has_on_the_waiting_list():
    event, employee = coming_event(capacity=1), EmployeeFactory()
    signed_up(event)
    signed_up(event)
    sign_up_employee(actor=employee, event=event)

    page = text(login(employee).get(event.url))

    assert "Du er nummer 2 på ventelisten." in page
    assert "Forlad ventelisten" in page


def test_a_cpr_number_is_one_clear_sentence_and_what_was_typed_stays():
    event = coming_event()

    done = login().post(at("sign_up", event.pk), {"access_needs": "Hjælp til 010190-1234"})

    assert done.status_code == 422
    assert "ligner et CPR-nummer" in text(done)
    assert "Hjælp til 010190-1234" in text(done)
    assert not event.sign_ups.exists()


def test_a_closed_sign_up_has_no_button():
    event = coming_event(cancelled=True)

    page = text(login().get(at("sign_up", event.pk)))

    assert "Arrangementet er aflyst." in page
    assert "Ja, tilmeld mig" not in page


def test_who_never_signed_up_has_nothing_to_cancel():
    event = coming_event()
    signed_up(event)

    assert login().post(at("cancel", event.pk)).status_code == 404


def test_an_unpublished_event_is_nobodys():
    event = coming_event(live=False)

    for name in ("sign_up", "cancel", "evaluate", "event_calendar", "guest_form"):
        assert login().get(at(name, event.pk)).status_code == 404


# --- guests ---


def test_a_guest_signs_up_by_the_link_in_the_mail_and_cancels_by_it(client):
    event = coming_event(is_open=True, online=True, online_link=SECRET)

    sent = ask(client, event, organisation="Fonden Broen")
    link = link_in_mail()

    assert "Se i din mail" in text(sent)
    assert mail.outbox[-1].to == ["ane@example.org"]
    page = text(client.get(link))
    assert "Du er tilmeldt, når du siger ja her." in page
    assert "no-referrer" not in page  # with it browsers send no origin, and no form works
    assert SECRET not in page
    assert SignUp.objects.get().state == "unconfirmed"  # a mail scanner follows links

    page = text(client.post(link, {"do": "yes"}, follow=True))
    assert "Du har en plads." in page
    assert SECRET in page

    page = text(client.post(link, {"do": "cancel"}, follow=True))
    assert "Du har meldt afbud." in page
    assert SECRET not in page


@pytest.mark.parametrize("known", [False, True])
def test_the_answer_does_not_tell_whether_the_address_is_known(client, known):
    event = coming_event(is_open=True)
    if known:
        guest_of(event)

    answer = ask(client, event)

    assert answer.status_code == 200
    assert "ane@example.org" not in text(answer)
    assert text(answer).split("<main")[1] == text(ask(client, event)).split("<main")[1]


def test_one_address_is_not_flooded_and_nobody_is_told(client):
    event = coming_event(is_open=True)

    answers = {ask(client, event).status_code for _ in range(7)}

    assert answers == {200}
    assert ProcrastinateJob.objects.filter(task_name="events.mail_guest").count() == 5


def test_one_client_does_not_ask_for_hundreds(client):
    event = coming_event(is_open=True)
    for number in range(20):
        ask(client, event, email=f"a{number}@example.org")

    answer = ask(client, event, email="b@example.org")

    assert answer.status_code == 429
    assert "Der er kommet for mange forsøg herfra." in text(answer)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": "ane"}, "navn@kommune.dk"),
        ({"name": ""}, "påkrævet"),
        ({"name": "010190-1234"}, "CPR"),
    ],
)
def test_wrong_input_of_a_guest_is_one_clear_sentence(client, wrong, sentence):
    event = coming_event(is_open=True)

    answer = ask(client, event, **wrong)

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not SignUp.objects.exists()


def test_a_made_up_link_is_nobodys_and_many_are_refused(client):
    event = coming_event(is_open=True)
    good = guest_token(guest_of(event))

    codes = [client.get(at("guest", good[:-1] + "x" * n)).status_code for n in range(1, 33)]

    assert codes == [404] * 30 + [429] * 2
    assert client.get(at("guest", good)).status_code == 200


def test_a_guests_link_opens_only_their_own(client):
    event = coming_event(is_open=True)
    mine, other = guest_of(event), guest_of(event, "bo@example.org")

    client.post(at("guest", guest_token(mine)), {"do": "cancel"})

    other.refresh_from_db()
    assert other.is_seated


def test_a_button_that_is_not_there_changes_nothing(client):
    guest = guest_of(coming_event(is_open=True))

    client.post(at("guest", guest_token(guest)), {"do": "delete everything"})

    guest.refresh_from_db()
    assert guest.is_seated


def test_guests_are_not_let_in_to_closed_events(client):
    event = coming_event()

    assert client.get(at("guest_form", event.pk)).status_code == 404
    assert login().get(at("guest_form", event.pk)).status_code == 404


# --- the link to the online room ---


def everywhere(client, event):
    """Everything that this client can read of the event, as one text."""
    addresses = [
        event.url, EventIndexPage.objects.get().url, at("calendar"), at("rss"),
        at("event_calendar", event.pk), at("sign_up", event.pk), at("guest_form", event.pk), "/",
        "/soeg/?q=Temadag", "/api/v1/openapi.json", "/sitemap.xml",
    ]  # fmt: skip
    return "\n".join(text(client.get(address, follow=True)) for address in addresses)


def test_the_online_link_is_shown_to_those_with_a_place_and_to_nobody_else(settings):
    settings.ELASTICSEARCH_URL = ""
    event = coming_event(
        is_open=True, online=True, online_link=SECRET, capacity=2, place="", summary_points="Godt."
    )
    mine, guest, waiting = EmployeeFactory(), guest_of(event), EmployeeFactory()
    sign_up = sign_up_employee(actor=mine, event=event)
    sign_up_employee(actor=waiting, event=event)
    deliver_batch()

    assert SECRET in text(login(mine).get(event.url))
    assert SECRET in text(login(mine).get(at("event_calendar", event.pk))).replace("\r\n ", "")
    assert SECRET in text(Client().get(at("guest", guest_token(guest))))
    for client in (Client(), login(), login(waiting)):
        assert "hemmeligt-rum" not in everywhere(client, event).replace("\r\n ", "")
    assert search_for(mine, "hemmeligt-rum").total == 0
    cancel_sign_up(actor=mine, sign_up=sign_up)
    assert "hemmeligt-rum" not in everywhere(login(mine), event).replace("\r\n ", "")


def test_a_cancelled_event_shows_its_room_to_nobody():
    event = coming_event(online=True, online_link=SECRET)
    employee = EmployeeFactory()
    sign_up_employee(actor=employee, event=event)
    event.cancelled = True
    event.save()

    assert SECRET not in text(login(employee).get(event.url))


def test_an_address_leads_to_a_map_and_loads_none():
    event = coming_event(address="Havnegade 4, Fjordby")

    page = text(login().get(event.url))

    assert "https://www.openstreetmap.org/search?query=Havnegade+4%2C+Fjordby" in page
    assert page.count("openstreetmap") == 1


# --- afterwards ---


def test_i_was_there_and_the_three_questions(client):
    event = coming_event(is_open=True)
    employee, guest = EmployeeFactory(), guest_of(event)
    sign_up_employee(actor=employee, event=event)
    answers = {"useful": "5", "will_use": "yes", "otherwise": "Mere tid."}

    with after(event):
        mine = login(employee)
        assert "Jeg var der" in text(mine.get(event.url))
        mine.post(at("came", event.pk))
        assert "Du har sagt, at du var der." in text(mine.get(event.url))
        done = mine.post(at("evaluate", event.pk), answers, follow=True)
        again = mine.post(at("evaluate", event.pk), answers, follow=True)
        link = at("guest", guest_token(guest))
        client.post(link, {"do": "came"})
        client.post(f"{link}svar/", answers)

    assert "Tak for dine svar." in text(done)
    assert "Du har allerede svaret. Tak." in text(again)
    assert event.evaluations.count() == 2
    assert set(event.sign_ups.values_list("says_came", "has_evaluated")) == {(True, True)}


def test_an_answer_that_is_missing_is_said(client):
    event = coming_event(is_open=True)
    guest = guest_of(event)
    employee = EmployeeFactory()
    sign_up_employee(actor=employee, event=event)

    with after(event):
        for answer in (
            client.post(f"{at('guest', guest_token(guest))}svar/", {"useful": "9"}),
            login(employee).post(at("evaluate", event.pk), {"useful": "9"}),
        ):
            assert answer.status_code == 422
    assert not event.evaluations.exists()


def test_there_is_nothing_to_answer_before_the_event(client):
    event = coming_event(is_open=True)
    guest = guest_of(event)

    answer = client.get(f"{at('guest', guest_token(guest))}svar/", follow=True)

    assert "Spørgsmålene kommer, når arrangementet er slut." in text(answer)


def test_a_forgotten_guests_link_opens_nothing(client):
    event = coming_event(is_open=True)
    guest = guest_of(event)
    token = guest_token(guest)
    SignUp.objects.filter(pk=guest.pk).update(guest_email="", forgotten_at=event.ends_at)

    assert client.get(at("guest", token)).status_code == 404
