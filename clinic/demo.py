"""Make the secrets of a demo, once, in a folder that never leaves this machine."""

from __future__ import annotations

import secrets
from pathlib import Path

from screening.vault.keyring import create_keyring, write_once


def demo_secret(folder: Path) -> str:
    """The demo's sessions outlive a restart, so its secret does too."""
    path = folder / "secret_key"
    if not path.exists():
        write_once(path, secrets.token_urlsafe(64))
    return path.read_text(encoding="utf-8")


def demo_keyring(folder: Path) -> str:
    """Where the demo's keyring lies, made if need be."""
    path = folder / "keyring.json"
    if not path.exists():
        create_keyring(path)
    return str(path)
