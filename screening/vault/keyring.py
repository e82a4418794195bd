"""Read the keyring file, and make one for a demo.

The file is kept beside the server, never in the database nor in its backups.
"""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KEY_BYTES = 32
# Random keys of this length hold fewer different bytes less than once in 10^30.
DIFFERENT_BYTES = 12


class BadKeyring(Exception):
    """The keyring file cannot be used; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of one clinic: `keys` wrap data keys, and `active` names the newest."""

    active: str
    keys: dict[str, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)
    audit_key: bytes = field(repr=False)


def read_keyring(path: Path) -> Keyring:
    """Refuse anything but four well-formed parts, and keys used for two purposes."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        keyring = Keyring(
            active=str(held["active"]),
            keys={key_id: _key(text) for key_id, text in held["keys"].items()},
            index_key=_key(held["index"]),
            audit_key=_key(held["audit"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadKeyring(f"The keyring {path} cannot be read: {error!r}.") from error
    _check(keyring, path)
    return keyring


def create_keyring(path: Path) -> None:
    """Write fresh keys; where a keyring stands already it is left as it is."""
    keys = {"first": secrets.token_hex(KEY_BYTES)}
    fresh = {
        "active": "first",
        "keys": keys,
        "index": secrets.token_hex(KEY_BYTES),
        "audit": secrets.token_hex(KEY_BYTES),
    }
    write_once(path, json.dumps(fresh, indent=2) + "\n")


def add_key(path: Path, key_id: str) -> None:
    """Add a fresh key, which wraps nothing until it is made the active one."""
    held = _held(path)
    if key_id in held["keys"]:
        raise BadKeyring(f"The keyring {path} holds a key {key_id!r} already.")
    held["keys"][key_id] = secrets.token_hex(KEY_BYTES)
    _replace(path, held)


def activate_key(path: Path, key_id: str) -> None:
    """Let a key of the keyring wrap whatever is wrapped from now on."""
    held = _held(path)
    if key_id not in held["keys"]:
        raise BadKeyring(f"The keyring {path} does not hold a key {key_id!r}.")
    _replace(path, held | {"active": key_id})


def _held(path: Path) -> dict[str, Any]:
    read_keyring(path)
    held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return held


def _replace(path: Path, held: dict[str, Any]) -> None:
    """A reader finds the old keyring or the new one, and a crash leaves one of them."""
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    with open(descriptor, "w", encoding="utf-8") as draft:
        draft.write(json.dumps(held, indent=2) + "\n")
        draft.flush()
        os.fsync(draft.fileno())
    os.replace(name, path)


def write_once(path: Path, text: str) -> None:
    """Two processes that start together must end with the same secret."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(mode="w", dir=path.parent) as draft:
        draft.write(text)
        draft.flush()
        os.fsync(draft.fileno())
        try:
            os.link(draft.name, path)
        except FileExistsError:
            return


def _key(text: Any) -> bytes:
    key = bytes.fromhex(text)
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {len(key)} bytes, not {KEY_BYTES}")
    if len(set(key)) < DIFFERENT_BYTES:
        raise ValueError("a key is a placeholder, not a random one")
    return key


def _check(keyring: Keyring, path: Path) -> None:
    if keyring.active not in keyring.keys:
        raise BadKeyring(f"The keyring {path} does not hold its own active key.")
    everything = [*keyring.keys.values(), keyring.index_key, keyring.audit_key]
    if len(set(everything)) < len(everything):
        raise BadKeyring(f"The keyring {path} uses one key for two purposes.")
