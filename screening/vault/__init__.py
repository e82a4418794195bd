"""Everything that touches a key: envelopes, the keyring, blind indexes, the chain."""

from __future__ import annotations

from screening.vault.blind_index import blind_index
from screening.vault.chain import chain_mac
from screening.vault.envelope import (
    Unreadable,
    WrappedKey,
    create_key,
    rewrap,
    seal,
    unseal,
)
from screening.vault.hiding import hide, reveal

__all__ = [
    "Unreadable",
    "WrappedKey",
    "blind_index",
    "chain_mac",
    "create_key",
    "hide",
    "reveal",
    "rewrap",
    "seal",
    "unseal",
]
