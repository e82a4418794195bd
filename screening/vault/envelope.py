"""Seal documents so that a stolen database or backup tells nothing.

Each record has a data key of its own, wrapped by a key of the keyring. To erase a
record for good, forget its wrapped key.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from screening.vault.keyring import BadKeyring, read_keyring

KEY_BYTES = 32
NONCE_BYTES = 12
STEP = 1024

Document = dict[str, Any] | list[Any]
# Some database drivers hand binary columns over as memory views.
Stored = bytes | memoryview


class Unreadable(Exception):
    """The envelope is damaged, belongs elsewhere, or its key is gone."""


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A data key as it may be stored: useless without the keyring."""

    key_id: str
    wrapped: Stored


def create_key(context: str) -> WrappedKey:
    """Make a data key for the record that `context` names, under the active key."""
    return _wrap(secrets.token_bytes(KEY_BYTES), context)


def seal(key: WrappedKey, document: Document, *, context: str) -> bytes:
    """Lengths tell nothing below a kibibyte; `context` ties the document to its row."""
    text = json.dumps(document, allow_nan=False, separators=(",", ":"))
    return _encrypt(_data_key(key), _pad(text.encode("ascii")), context)


def unseal(key: WrappedKey, sealed: Stored, *, context: str) -> Document:
    """Raise `Unreadable` for anything but what was sealed in this very place."""
    document: Document = json.loads(_decrypt(_data_key(key), sealed, context))
    return document


def rewrap(key: WrappedKey, context: str) -> WrappedKey:
    """Put the data key under the active key; what it sealed stays as it is."""
    data_key, owner = _open(key)
    if owner != _digest(context):
        raise Unreadable("The data key belongs to another record.")
    return _wrap(data_key, context)


def _wrap(data_key: bytes, context: str) -> WrappedKey:
    key_id = settings.VAULT_ACTIVE_KEY
    wrapping_key = settings.VAULT_KEYS[key_id]
    return WrappedKey(
        key_id, _encrypt(wrapping_key, data_key + _digest(context), key_id)
    )


def _open(key: WrappedKey) -> tuple[bytes, bytes]:
    if not key.wrapped:
        raise Unreadable("The data key was destroyed.")
    wrapping_key = settings.VAULT_KEYS.get(key.key_id) or _added_key(key.key_id)
    if wrapping_key is None:
        raise Unreadable(f"The keyring does not hold the key {key.key_id!r}.")
    opened = _decrypt(wrapping_key, key.wrapped, key.key_id)
    return opened[:KEY_BYTES], opened[KEY_BYTES:]


def _added_key(key_id: str) -> bytes | None:
    """Look for a key that was added to the keyring since this server started."""
    try:
        return read_keyring(settings.KEYRING).keys.get(key_id)
    except BadKeyring:
        return None


def _data_key(key: WrappedKey) -> bytes:
    return _open(key)[0]


def _encrypt(key: bytes, plain: bytes, context: str) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, _bytes(context))


def _decrypt(key: bytes, stored: Stored, context: str) -> bytes:
    sealed = bytes(stored)
    nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, _bytes(context))
    except (InvalidTag, ValueError) as error:
        raise Unreadable("The envelope is damaged or belongs elsewhere.") from error


def _pad(text: bytes) -> bytes:
    # Spaces after a JSON document mean nothing, so there is nothing to take off.
    return text + b" " * (-len(text) % STEP)


def _digest(context: str) -> bytes:
    return hashlib.sha256(_bytes(context)).digest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
