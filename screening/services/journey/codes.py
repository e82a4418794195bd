"""Codes that people read aloud: references, and the code that opens a draft again."""

from __future__ import annotations

import secrets

from screening import vault

# Crockford's base 32: no I, L, O or U to be misread.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("OIL", "011")
RESUME_LENGTH = 16  # 80 bits
REFERENCE_LENGTH = 8


def new_reference() -> str:
    return _random(REFERENCE_LENGTH)


def new_resume_code() -> str:
    return _random(RESUME_LENGTH)


def normal(code: str) -> str:
    """Return a typed code as it was given: case, spaces and look-alikes forgiven."""
    plain = "".join(character for character in code.upper() if character.isalnum())
    return plain.translate(_LOOKALIKES)[: RESUME_LENGTH * 2]


def grouped(code: str) -> str:
    """Return a code in fours, to be read aloud."""
    return " ".join(code[place : place + 4] for place in range(0, len(code), 4))


def resume_index(code: str) -> str:
    return vault.blind_index("resume-code", normal(code))


def identity_index(name: str, birth_date: str) -> str:
    """Return the exact-match index of a person; case and spacing are forgiven."""
    words = " ".join(name.casefold().split())
    return vault.blind_index("identity", f"{words}|{birth_date}")


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
