"""Link each audit event to the one before, so that none can be changed unseen."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings

# Made once: a chain of a million events is followed link by link.
_encode = json.JSONEncoder(
    allow_nan=False, sort_keys=True, separators=(",", ":")
).encode


def chain_mac(previous: str, payload: Mapping[str, Any]) -> str:
    """The same payload gives the same link, whatever the order of its keys."""
    linked = _encode([previous, payload]).encode("ascii")
    return hmac.digest(settings.VAULT_AUDIT_KEY, linked, "sha256").hex()
