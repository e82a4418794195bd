"""Link each audit event to the one before, so that none can be changed unseen."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings


def chain_mac(previous: str, payload: Mapping[str, Any]) -> str:
    """The same payload gives the same link, whatever the order of its keys."""
    linked = json.dumps(
        [previous, payload], allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    key = settings.VAULT_AUDIT_KEY
    return hmac.new(key, linked.encode("ascii"), hashlib.sha256).hexdigest()
