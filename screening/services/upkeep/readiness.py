"""May intake be open? Help and the phone number stay up whatever the answer."""

from __future__ import annotations

from screening.engine.checking.safety import check_safety
from screening.models import Protocol
from screening.models.protocol import ProtocolAltered
from screening.services import promises

# The question whose "no" ends the journey kindly, with nothing stored.
CONSENT = "consent-questionnaire"

# By content, so that each version is looked at once in the life of a process.
_UNSAFE: dict[str, list[str]] = {}


def why_closed() -> list[str]:
    """Return why no new questionnaire may begin, in words for staff; [] when it may."""
    reasons = []
    if promises.crisis_contacts() is None:
        reasons.append("No crisis contacts are set for the clinic's region.")
    protocol = Protocol.objects.filter(status="active").first()
    if protocol is None:
        return [*reasons, "No protocol is published."]
    if protocol.content_hash not in _UNSAFE:
        _UNSAFE[protocol.content_hash] = _what_is_unsafe(protocol)
    return reasons + _UNSAFE[protocol.content_hash]


def _what_is_unsafe(protocol: Protocol) -> list[str]:
    """Return which urgent answer of a published protocol would reach nobody."""
    try:
        return [f"The protocol: {mistake}" for mistake in check_safety(protocol.engine)]
    except ProtocolAltered:
        return ["The protocol is not what was signed when it was published."]
