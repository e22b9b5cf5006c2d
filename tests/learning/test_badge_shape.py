"""A badge has the shape that Open Badges 3.0 asks for, read by a validator that is not ours."""

from __future__ import annotations

import base64
import copy
import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft201909Validator, FormatChecker

from learning.badges import signed_badge
from tests.factories.learning import CertificateFactory
from tests.learning import open_badge_shape

pytestmark = pytest.mark.django_db
GIVEN = ["credentialSubject", "achievement"]
PUBLISHED = os.environ.get("OPEN_BADGE_SCHEMA")
"""The path of 1EdTech's own schema, for whoever has it at hand: it is not ours to keep."""
BADGE = json.loads(Path(PUBLISHED).read_text("utf-8")) if PUBLISHED else open_badge_shape.BADGE


def faults(badge, schema=BADGE):
    Draft201909Validator.check_schema(schema)
    found = Draft201909Validator(schema, format_checker=FormatChecker()).iter_errors(badge)
    return sorted(error.json_path for error in found)


@pytest.fixture
def badge():
    """What is signed: the middle part of the token."""
    payload = signed_badge(CertificateFactory(employee__email="m@example.org")).split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def test_a_badge_has_the_shape(badge):
    assert faults(badge) == []


def test_a_badge_without_an_end_has_it_too():
    payload = signed_badge(CertificateFactory(expires_on=None)).split(".")[1]
    badge = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))

    assert faults(badge) == []
    assert "validUntil" not in badge


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (["type"], ["VerifiableCredential"], "$.type"),
        (["@context"], ["https://www.w3.org/ns/credentials/v2"], "$['@context']"),
        (["validFrom"], "2026-01-15", "$.validFrom"),
        (["validFrom"], "2026-01-15T00:00:00", "$.validFrom"),
        (["issuer"], "https://example.org/", "$.issuer"),
        ([*GIVEN, "criteria"], {}, "$.credentialSubject.achievement.criteria"),
        ([*GIVEN, "name"], "", "$.credentialSubject.achievement.name"),
        (["credentialSubject", "identifier"], [], "$.credentialSubject.identifier"),
    ],
)  # fmt: skip
def test_the_shape_finds_what_is_wrong(badge, path, value, where):
    broken = copy.deepcopy(badge)
    inside = broken
    for part in path[:-1]:
        inside = inside[part]
    inside[path[-1]] = value

    assert where in faults(broken)
