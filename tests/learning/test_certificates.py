"""Certificates from elsewhere, revoking, what others may ask, paper and badges."""

from __future__ import annotations

import base64
import io
import json
from datetime import date
from uuid import uuid4

import pytest
import time_machine
import typst
import zxingcpp
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from joserfc import jws
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet
from openbadgeslib.ob3 import OpenBadgeCredential
from PIL import Image
from pypdf import PdfReader

from learning.domain.certificates import confirm_external, register_external, revoke
from learning.enums import CertificateState
from learning.models import Certificate
from learning.presentation import PRINT, certificate_pdf, certificate_texts, qr_code
from privacy.models import AuditEntry
from tests.factories.learning import CertificateFactory, Learners, ModuleFactory, ProgrammeFactory

# EdDSA is the name that Open Badges and every wallet know; RFC 9864 has a newer one for it.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:EdDSA is deprecated"),
]
TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-25T09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def town():
    return Learners()


def course(town, actor=None, **more):
    fields = {
        "title": "Motiverende samtale",
        "issuer": "Kursuscenteret",
        "issued_on": date(2026, 5, 1),
    }
    return register_external(actor=actor or town.learner, employee=town.learner, **fields | more)


def test_ones_own_from_elsewhere_counts_once_somebody_else_has_seen_it(town):
    certificate = course(town)
    assert certificate.state_on(TODAY) == CertificateState.UNCONFIRMED
    assert not Certificate.objects.valid_on(TODAY).exists()

    with pytest.raises(PermissionDenied):
        confirm_external(actor=town.learner, certificate=certificate)
    confirmed = confirm_external(actor=town.coordinator, certificate=certificate)
    confirm_external(actor=town.coordinator, certificate=certificate)

    assert confirmed.state_on(TODAY) == CertificateState.VALID
    assert AuditEntry.objects.filter(action="certificate.confirm").count() == 1


def test_what_the_coordinator_writes_down_is_confirmed_at_once(town):
    certificate = course(town, actor=town.coordinator, expires_on=date(2026, 11, 24))

    assert certificate.confirmed_by == town.coordinator
    assert certificate.state_on(TODAY) == CertificateState.EXPIRED
    with pytest.raises(PermissionDenied):
        course(town, actor=Learners().coordinator)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"issuer": " "}, "Skriv, hvem der har givet det."),
        ({"issued_on": date(2026, 12, 1)}, "Dagen ligger forude."),
        ({"expires_on": date(2026, 5, 1)}, "Det skal gælde længere end den dag, det er givet."),
        ({"title": "010180-1234"}, "CPR"),
    ],
)
def test_a_certificate_from_elsewhere_is_refused_with_a_sentence(town, fields, sentence):
    with pytest.raises(ValidationError) as refused:
        course(town, **fields)

    assert sentence in " ".join(refused.value.messages)


def test_somebody_who_left_is_refused_and_nothing_is_lost(town):
    course(town)
    town.learner.is_active = False

    with pytest.raises(ValidationError, match="arbejder her ikke længere"):
        course(town, actor=town.coordinator)
    assert Certificate.objects.count() == 1


def test_it_is_revoked_once_and_with_a_reason(town):
    certificate = CertificateFactory(employee=town.learner)

    with pytest.raises(PermissionDenied):
        revoke(actor=Learners().coordinator, certificate=certificate, reason="Fejl.")
    with pytest.raises(ValidationError, match="Skriv, hvorfor"):
        revoke(actor=town.coordinator, certificate=certificate, reason=" ")
    revoked = revoke(actor=town.coordinator, certificate=certificate, reason="Givet ved en fejl.")
    with pytest.raises(ValidationError, match="allerede tilbagekaldt"):
        revoke(actor=town.coordinator, certificate=certificate, reason="Igen.")

    assert revoked.state_on(TODAY) == CertificateState.REVOKED
    with pytest.raises(ValidationError, match="ikke noget at bekræfte"):
        confirm_external(actor=town.coordinator, certificate=revoked)


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({}, "Gyldig"),
        ({"expires_on": date(2026, 11, 24)}, "Udløbet"),
        ({"expires_on": date(2026, 11, 25)}, "Gyldig"),
    ],
)
def test_anybody_may_ask_whether_it_holds_and_hears_no_name(client, town, fields, word):
    certificate = CertificateFactory(employee=town.learner, **fields)

    page = client.get(certificate.get_absolute_url())

    assert page.status_code == 200
    assert f"<strong>{word}</strong>" in page.text
    assert certificate.title in page.text
    for secret in (town.learner.first_name, town.learner.last_name, str(town.unit)):
        assert secret not in page.text
    assert page["X-Robots-Tag"] == "noindex"


def test_a_revoked_one_says_so_without_the_reason(client, town):
    certificate = CertificateFactory(employee=town.learner)
    revoke(actor=town.coordinator, certificate=certificate, reason="Givet ved en fejl.")

    page = client.get(certificate.get_absolute_url())

    assert "<strong>Tilbagekaldt</strong>" in page.text
    assert "fejl" not in page.text


def test_an_unknown_number_and_one_from_elsewhere_are_not_known(client, town):
    external = course(town, actor=town.coordinator)

    for number in (uuid4(), external.pk):
        page = client.get(reverse("verify_certificate", args=[number]))
        assert page.status_code == 404
        assert "Vi kender intet certifikat" in page.text
        assert external.title not in page.text


def test_a_foreign_reader_reads_the_paper_and_its_code_leads_to_the_address(
    client, town, monkeypatch
):
    modules = [ModuleFactory(name="Relation & menneskesyn"), ModuleFactory(name="#De *otte* trin")]
    programme = ProgrammeFactory(modules=modules, level="Grundforløb")
    certificate = CertificateFactory(employee=town.learner, programme=programme)
    client.force_login(town.learner)

    answer = client.get(reverse("learning:certificate_pdf", args=[certificate.pk]))

    assert answer["Content-Type"] == "application/pdf"
    (page,) = PdfReader(io.BytesIO(answer.content)).pages
    text = " ".join(page.extract_text().split())
    for words in (str(town.learner), "MOVE: Grundforløb", "Relation & menneskesyn", "15. januar"):
        assert words in text
    assert "#De *otte* trin" in text
    address = certificate_texts(certificate)["address"]
    drawn = typst.compile(
        (PRINT / "certificate.typ").read_bytes(),
        format="png",
        ppi=150,
        ignore_system_fonts=True,
        sys_inputs={
            "texts": json.dumps(certificate_texts(certificate)),
            "qr": qr_code(address),
        },
    )
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(drawn)))
    assert code.text == address
    assert address.endswith(certificate.get_absolute_url())
    assert certificate_pdf(certificate)[:5] == b"%PDF-"


def test_paper_and_badge_are_the_holders_own(client, town):
    certificate = CertificateFactory(employee=town.learner)
    addresses = [
        reverse(f"learning:{name}", args=[certificate.pk]) for name in ("certificate_pdf", "badge")
    ]

    client.force_login(town.coordinator)
    assert {client.get(address).status_code for address in addresses} == {404}
    client.force_login(town.learner)
    assert {client.get(address).status_code for address in addresses} == {200}
    revoke(actor=town.coordinator, certificate=certificate, reason="Fejl.")
    assert {client.get(address).status_code for address in addresses} == {404}


def badge_of(client, town, certificate):
    client.force_login(town.learner)
    answer = client.get(reverse("learning:badge", args=[certificate.pk]))
    assert answer["Content-Type"] == "application/vc+jwt"
    return answer.text


def test_another_library_verifies_the_badge_by_the_published_key(client, town):
    certificate = CertificateFactory(employee=town.learner)
    token = badge_of(client, town, certificate)
    client.logout()
    keys = KeySet.import_key_set(client.get(reverse("badge_keys")).json())

    read = jws.deserialize_compact(token, keys.keys[0], algorithms=["EdDSA"])

    badge = json.loads(read.payload)
    assert badge["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert badge["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert badge["id"].endswith(certificate.get_absolute_url())
    assert (badge["validFrom"], badge["validUntil"]) == (
        "2026-01-15T00:00:00Z",
        "2028-01-16T00:00:00Z",
    )
    assert badge["credentialSubject"]["achievement"]["name"] == certificate.title
    for secret in (town.learner.first_name, town.learner.last_name, town.learner.email):
        assert secret not in json.dumps(badge)
    assert client.get(reverse("badge_issuer")).json()["id"] == badge["issuer"]["id"]
    # The library that wrote it reads it back whole.
    assert OpenBadgeCredential.from_jwt_payload(badge).id == badge["id"]


def test_a_changed_badge_is_refused_and_an_old_key_still_verifies(client, town, settings):
    certificate = CertificateFactory(employee=town.learner, expires_on=None)
    token = badge_of(client, town, certificate)
    header, payload, signature = token.split(".")
    changed = json.loads(base64.urlsafe_b64decode(payload + "=="))
    changed["validFrom"] = "2020-01-01T00:00:00Z"
    forged = base64.urlsafe_b64encode(json.dumps(changed).encode()).decode().rstrip("=")
    published = client.get(reverse("badge_keys")).json()["keys"]
    old = KeySet.import_key_set({"keys": published}).keys[0]

    with pytest.raises(BadSignatureError):
        jws.deserialize_compact(f"{header}.{forged}.{signature}", old, algorithms=["EdDSA"])

    settings.BADGE_SIGNING_KEY = base64.b64encode(bytes(range(32))).decode()
    settings.BADGE_OLD_PUBLIC_KEYS = [published[0]["x"]]
    keys = client.get(reverse("badge_keys")).json()["keys"]
    assert [key["kid"] for key in keys][1:] == [published[0]["kid"]]
    again = KeySet.import_key_set({"keys": keys}).keys[1]
    assert jws.deserialize_compact(token, again, algorithms=["EdDSA"]).payload


def test_without_a_key_there_are_no_badges(client, town, settings):
    settings.BADGE_SIGNING_KEY = ""
    certificate = CertificateFactory(employee=town.learner)
    client.force_login(town.learner)

    assert client.get(reverse("learning:badge", args=[certificate.pk])).status_code == 404
    assert "Open Badge" not in client.get(reverse("learning:mine")).text
    assert client.get(reverse("badge_keys")).json() == {"keys": []}
