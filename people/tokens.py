"""The secret part of a personal address: shown once, kept as its digest only."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """256 random bits, written for an address."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What is kept of a token. Without salt: nobody guesses 256 random bits from their hash."""
    return hashlib.sha256(token.encode()).hexdigest()
