"""Hide short secrets of the staff, such as the seed of an authenticator app."""

from __future__ import annotations

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from screening.vault.envelope import NONCE_BYTES, Unreadable


def hide(purpose: str, text: str) -> str:
    """Return what may stand in the database in place of the text."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    hidden = _cipher(purpose).encrypt(nonce, text.encode(), purpose.encode())
    return (nonce + hidden).hex()


def reveal(purpose: str, hidden: str) -> str:
    """Raise `Unreadable` for anything but what was hidden for this purpose."""
    try:
        held = bytes.fromhex(hidden)
        nonce, sealed = held[:NONCE_BYTES], held[NONCE_BYTES:]
        return _cipher(purpose).decrypt(nonce, sealed, purpose.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise Unreadable("The secret is damaged or belongs elsewhere.") from error


def _cipher(purpose: str) -> AESGCM:
    # A key of its own, made from the one that is kept for good.
    message = f"hidden\x00{purpose}".encode()
    return AESGCM(hmac.digest(settings.VAULT_INDEX_KEY, message, "sha256"))
