"""What Open Badges 3.0 asks of a badge, as a JSON schema in our own words.

The schema of 1EdTech may not be passed on, so it is not kept here. These are the facts of it
that bear on what we write (classes, what each must have, and which values are allowed); a badge was
held against the whole of theirs when this was written.
"""

from __future__ import annotations

from typing import Any

TEXT = {"type": "string", "minLength": 1}
MOMENT = {"type": "string", "format": "date-time", "pattern": r"(Z|[+-]\d\d:\d\d)$"}


def classes(*names: str) -> dict[str, Any]:
    """A list of classes that holds each of these."""
    holds = [{"contains": {"const": name}} for name in names]
    return {"type": "array", "items": TEXT, "allOf": holds}


def thing(required: dict[str, Any], **possible: Any) -> dict[str, Any]:
    """An object that has what is required; what is possible is of its kind where it is there."""
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **possible},
    }


IDENTITY = {
    **thing(
        {
            "type": {"const": "IdentityObject"},
            "hashed": {"type": "boolean"},
            "identityHash": {"type": "string", "pattern": r"^sha256\$[0-9a-f]{64}$"},
            "identityType": {"const": "emailAddress"},
        },
        salt=TEXT,
    ),
    "additionalProperties": False,
}
ACHIEVEMENT = thing(
    {
        "id": TEXT,
        "type": classes("Achievement"),
        "criteria": {
            "type": "object",
            "anyOf": [{"required": ["id"]}, {"required": ["narrative"]}],
        },
        "description": TEXT,
        "name": TEXT,
    },
    achievementType={"enum": ["Certificate", "CertificateOfCompletion", "Certification"]},
)
SUBJECT = {
    **thing(
        {"type": classes("AchievementSubject"), "achievement": ACHIEVEMENT},
        identifier={"type": "array", "items": IDENTITY, "minItems": 1},
    ),
    "anyOf": [{"required": ["id"]}, {"required": ["identifier"]}],
}
BADGE = {
    "$schema": "https://json-schema.org/draft/2019-09/schema",
    **thing(
        {
            "@context": {
                "type": "array",
                "minItems": 2,
                "items": [
                    {"const": "https://www.w3.org/ns/credentials/v2"},
                    {"pattern": r"^https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.\d\.\d)*\.json$"},
                ],
            },
            "id": {**TEXT, "format": "uri"},
            "type": classes("VerifiableCredential", "OpenBadgeCredential"),
            "credentialSubject": SUBJECT,
            "issuer": thing({"id": TEXT, "type": classes("Profile")}, name=TEXT, url=TEXT),
            "validFrom": MOMENT,
        },
        name=TEXT,
        validUntil=MOMENT,
    ),
}  # fmt: skip
