"""The code in a citizen's letter: 80 random bits, written so that it can be read aloud. Pure.

Sixteen letters and digits of Crockford's alphabet (no I, L, O, U) and one that checks them, so that
a typing error is reported without looking up the code. Only the hash is stored.
"""

from __future__ import annotations

import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
LOOK_ALIKE = str.maketrans("OIL", "011")


def new_code() -> str:
    """A new random code, in groups of four."""
    body = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    return grouped(body + _check_letter(body))


def grouped(code: str) -> str:
    """Add the hyphens that a letter shows between groups of four; `code` has none yet."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4)) + code[LENGTH:]


def read_code(text: str) -> str | None:
    """The typed text as a bare code; None if it cannot be one."""
    code = "".join(character for character in text.upper() if character.isalnum()).translate(
        LOOK_ALIKE
    )
    if len(code) != LENGTH + 1 or not set(code) <= set(ALPHABET):
        return None
    return code if _check_letter(code[:LENGTH]) == code[LENGTH] else None


def hash_of(code: str) -> str:
    """The hash of the bare code. 80 random bits need no key and no slow hash."""
    return hashlib.sha256(f"sparringsrummet consent {code}".encode()).hexdigest()


def _check_letter(body: str) -> str:
    """Luhn's rule with 32 digits: finds one wrong letter and nearly every swap of two."""
    total = 0
    for position, character in enumerate(reversed(body)):
        value = ALPHABET.index(character) * (2 if position % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]
