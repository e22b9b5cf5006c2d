"""Certificates as Open Badges 3.0: verifiable credentials, signed with Ed25519 (VC-JWT).

The key is `BADGE_SIGNING_KEY`; docs/operations.md says how it is made, kept and replaced.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, urlsafe_b64encode
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from openbadgeslib.ob3 import (
    Achievement,
    IdentityObject,
    Issuer,
    OB3Signer,
    OpenBadgeCredential,
)

from people.mails import absolute

if TYPE_CHECKING:
    from learning.models import Certificate


def can_sign() -> bool:
    """Whether this installation has a key."""
    return bool(settings.BADGE_SIGNING_KEY)


def signed_badge(certificate: Certificate) -> str:
    """The badge as a compact JWS, ready for any wallet.

    It names nobody: the holder is the salted hash of a mail address, which only those who know the
    address can compare.
    """
    pem = _private_key().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return OB3Signer(pem, algorithm="EdDSA").sign(_credential(certificate))


def issuer_profile() -> dict[str, Any]:
    """Who gives the badges, as their issuer's address says it."""
    return _issuer().to_dict()


def published_keys() -> dict[str, Any]:
    """The public keys that badges of ours are signed with, now and before (RFC 7517)."""
    keys = [_public_part()] if can_sign() else []
    return {"keys": [_jwk(key) for key in (*keys, *settings.BADGE_OLD_PUBLIC_KEYS)]}


def _credential(certificate: Certificate) -> OpenBadgeCredential:
    programme = certificate.programme
    assert programme is not None
    modules = [row.module.name for row in programme.programme_modules.select_related("module")]
    achievement = Achievement(
        id=absolute(programme.get_absolute_url()),
        name=certificate.title,
        description=_("A certificate of the training programme %(title)s.")
        % {"title": certificate.title},
        criteria_narrative=_("Passed: %(modules)s.") % {"modules": "; ".join(modules)},
        achievement_type="Certificate",
    )
    email = certificate.employee.email
    identifiers = [IdentityObject.create(email, salt=certificate.pk.hex)] if email else []
    until = certificate.expires_on
    return OpenBadgeCredential(
        issuer=_issuer(),
        recipient_id=None,
        achievement=achievement,
        id=absolute(certificate.get_absolute_url()),
        issuance_date=_midnight(certificate.issued_on),
        # It holds through its last day.
        expiration_date=_midnight(until + timedelta(days=1)) if until else None,
        identifiers=identifiers,
    )


def _issuer() -> Issuer:
    return Issuer(id=absolute(reverse("badge_issuer")), name="Sparringsrummet", url=absolute("/"))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _private_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(b64decode(settings.BADGE_SIGNING_KEY))


def _public_part() -> str:
    raw = _private_key().public_key().public_bytes_raw()
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _jwk(public: str) -> dict[str, str]:
    """The key with its thumbprint as its name (RFC 7638, RFC 8037)."""
    members = f'{{"crv":"Ed25519","kty":"OKP","x":"{public}"}}'
    digest = hashlib.sha256(members.encode()).digest()
    name = urlsafe_b64encode(digest).decode().rstrip("=")
    return {"kty": "OKP", "crv": "Ed25519", "x": public, "kid": name, "alg": "EdDSA", "use": "sig"}
