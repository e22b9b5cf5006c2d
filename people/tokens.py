"""The secret token of a personal address: shown once, stored only as a digest."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """256 random bits, written for an address."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """The stored digest of a token. No salt is needed for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
