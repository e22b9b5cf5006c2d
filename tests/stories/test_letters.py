"""The citizen's letter: a code that ends consent at once, without a login and without a hint."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.models import Tally
from stories import letter_codes
from stories.domain import consent_letters
from stories.domain.consent_letters import WRONG_CODES
from stories.enums import Party, Scope, State
from stories.models import ConsentCode, StoryPage
from tests.factories.people import EmployeeFactory
from tests.factories.stories import give_consent, make_consented, make_draft, make_published
from tests.sent_notifications import told
from tests.stories.pages import login
from tests.stories.test_publication import constraint_of

ADDRESS = "/samtykke/"


# The code itself.


def test_a_code_has_eighty_random_bits_and_reads_back():
    codes = {letter_codes.new_code() for _number in range(2000)}

    assert len(codes) == 2000
    assert len(letter_codes.ALPHABET) ** letter_codes.LENGTH == 2**80
    for code in codes:
        assert letter_codes.read_code(code) == code.replace("-", "")


@given(place=st.integers(0, 16), other=st.sampled_from(letter_codes.ALPHABET))
@settings(max_examples=200)
def test_one_wrong_letter_is_told(place, other):
    code = letter_codes.read_code(letter_codes.new_code())
    wrong = code[:place] + other + code[place + 1 :]

    assert (letter_codes.read_code(wrong) == code) is (wrong == code)


def test_a_code_is_read_as_people_write_it():
    code = letter_codes.grouped("0123456789ABCDEF" + "0")
    bare = code.replace("-", "")
    right = next(
        bare[:16] + c for c in letter_codes.ALPHABET if letter_codes.read_code(bare[:16] + c)
    )

    typed = " ".join(right.lower()).replace("0", "o").replace("1", "l")

    assert letter_codes.read_code(typed) == right


@given(st.text(max_size=40))
@settings(max_examples=200)
def test_anything_may_be_typed(text):
    code = letter_codes.read_code(text)

    assert code is None or len(code) == 17


# What it does.

pytestmark = pytest.mark.django_db


def _letter(story, party=Party.CITIZEN):
    return consent_letters.make_letter(actor=story.author, story=story, party=party)


def test_only_a_hash_of_the_code_is_stored():
    story = make_published()

    code = _letter(story)

    stored = ConsentCode.objects.get()
    bare = code.replace("-", "")
    assert stored.code_hash == letter_codes.hash_of(bare)
    assert bare not in repr(ConsentCode.objects.values().get())


def test_the_code_takes_the_story_away_at_once_without_a_login():
    story = make_published()
    code = _letter(story)

    answer = Client().post(ADDRESS, {"code": code.lower()})

    assert answer.status_code == 200
    story.refresh_from_db()
    assert (story.state, story.live, story.hard) == (State.WITHDRAWN, False, "")
    assert not ConsentCode.objects.exists()
    assert constraint_of(lambda: None) is None
    assert told("stories.taken_back", employee=story.author_id).exists()


def test_the_code_ends_every_consent_of_its_party_and_no_other():
    story = make_consented(scopes=(Scope.INTERNAL, Scope.OPEN, Scope.RESEARCH))
    give_consent(story, party=Party.COMPANY)
    code = _letter(story)

    consent_letters.withdraw_by_letter(code=code, address="1")

    left = story.consents.filter(withdrawn_at=None).values_list("party", flat=True)
    assert list(left) == [Party.COMPANY]


def test_a_companys_letter_takes_the_story_off_the_lists():
    story = make_published()
    give_consent(story, party=Party.COMPANY)
    code = _letter(story, Party.COMPANY)

    consent_letters.withdraw_by_letter(code=code, address="1")

    story.refresh_from_db()
    assert (story.state, story.live) == (State.ARCHIVED, False)
    assert story.hard


def test_a_used_code_and_a_second_letter():
    story = make_consented()
    first, second = _letter(story), _letter(story)

    consent_letters.withdraw_by_letter(code=second, address="1")
    consent_letters.withdraw_by_letter(code=first, address="1")  # nothing is left to end

    assert not story.consents.filter(withdrawn_at=None).exists()


def _answer(code):
    answer = Client().post(ADDRESS, {"code": code})
    html = re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    html = re.sub(r'nonce="[^"]*"', "", html)
    return answer.status_code, html


def test_the_answer_does_not_tell_whether_a_code_exists():
    code = _letter(make_published())

    known, unknown, again = _answer(code), _answer(letter_codes.new_code()), _answer(code)

    assert known == unknown == again


def test_a_slip_of_the_pen_is_told_and_not_counted():
    answer = Client().post(ADDRESS, {"code": "ABCD-EFGH"})

    assert answer.status_code == 422
    assert "Sammenlign med brevet" in answer.content.decode()
    assert not Tally.objects.exists()


def _wrong_codes(client, number, **extra):
    return [
        client.post(ADDRESS, {"code": letter_codes.new_code()}, **extra).status_code
        for _number in range(number)
    ]


def test_made_up_codes_are_put_off_and_no_right_one_ever_is():
    code, other = _letter(make_published()), _letter(make_published())
    client = Client()
    with time_machine.travel(datetime(2027, 2, 1, 8, 0, tzinfo=UTC), tick=False) as clock:
        assert set(_wrong_codes(client, WRONG_CODES.most)) == {200}

        refused = client.post(ADDRESS, {"code": letter_codes.new_code()})
        taken = client.post(ADDRESS, {"code": code})

        assert refused.status_code == 429
        assert "Vent til kl. 10.00" in refused.content.decode()
        assert taken.status_code == 200
        assert StoryPage.objects.filter(live=True).count() == 1
        assert Client().post(ADDRESS, {"code": other}).status_code == 200
        assert not StoryPage.objects.filter(live=True).exists()
        clock.shift(WRONG_CODES.period)
        assert _wrong_codes(client, 1) == [200]


def test_behind_our_proxy_each_client_is_counted_by_itself(settings):
    settings.TRUSTED_PROXIES = ["172.18.0.3"]
    client = Client(REMOTE_ADDR="172.18.0.3")
    one, other = ({"HTTP_X_FORWARDED_FOR": f"192.0.2.{number}"} for number in (1, 2))

    assert _wrong_codes(client, WRONG_CODES.most + 1, **one)[-2:] == [200, 429]

    assert _wrong_codes(client, 1, **other) == [200]
    forged = {"HTTP_X_FORWARDED_FOR": "198.51.100.9, 192.0.2.1"}
    assert _wrong_codes(client, 1, **forged) == [429]


# Who makes it.


def test_a_letter_needs_a_consent_and_its_author():
    story = make_draft()

    with pytest.raises(ValidationError):
        _letter(story)
    with pytest.raises(PermissionDenied):
        consent_letters.make_letter(actor=EmployeeFactory(), story=story, party=Party.CITIZEN)


def test_the_letter_is_printed_with_code_and_address_and_shown_once():
    story = make_published()
    client = login(story.author)
    address = reverse("stories:letter", args=[story.pk])

    answer = client.post(address, {"party": "citizen"}, SERVER_PORT="4711")

    html = answer.content.decode()
    [code] = re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}[0-9A-Z]", html)
    assert letter_codes.hash_of(code.replace("-", "")) == ConsentCode.objects.get().code_hash
    assert "<strong>localhost:8000/samtykke/</strong>" in html  # BASE_URL, not the Host header
    assert "4711" not in html
    assert "no-store" in answer["Cache-Control"]
    assert client.get(address).status_code == 405
    assert story.title not in html


def test_the_page_needs_no_login_and_is_not_indexed():
    answer = Client().get(ADDRESS)

    assert answer.status_code == 200
    assert "noindex" in answer.content.decode()
